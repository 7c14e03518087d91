using System.Net.Sockets;
using System.Text;

namespace Connectors.Databricks.Tests.Emulator.Faults;

/// <summary>The raw response of one request, and how the connection ended: "closed", "reset", or "open".</summary>
internal sealed record RawAnswer(string Head, string Body, string Ending)
{
    private const string Chat = """{"messages":[{"role":"user","content":"Repeat \"one two three four\""}]}""";

    /// <param name="wire">The emulator.</param>
    /// <param name="hangUp">Completes when no more data is expected; null reads to the end.</param>
    public static async Task<RawAnswer> AskAsync(Wire wire, Task? hangUp = null)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(wire.Emulator.Host.Host, wire.Emulator.Host.Port);
        var request = $"POST /serving-endpoints/databricks-llama-4-maverick/invocations HTTP/1.1\r\nHost: here\r\nConnection: close\r\n" +
            $"Authorization: Bearer {wire.Emulator.Token}\r\nContent-Type: application/json\r\nContent-Length: {Chat.Length}\r\n\r\n{Chat}";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));

        var received = new MemoryStream();
        var ending = hangUp is null ? await ReadToEndAsync(socket, received) : await ReadWhatIsThereAsync(socket, received, hangUp);
        var text = Encoding.Latin1.GetString(received.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? new(text, string.Empty, ending) : new(text[..end], text[(end + 4)..], ending);
    }

    private static async Task<string> ReadToEndAsync(Socket socket, MemoryStream received)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var read)
            {
                received.Write(buffer, 0, read);
            }

            return "closed";
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "reset";
        }
    }

    private static async Task<string> ReadWhatIsThereAsync(Socket socket, MemoryStream received, Task hangUp)
    {
        await hangUp;
        while (socket.Available > 0)
        {
            var buffer = new byte[socket.Available];
            received.Write(buffer, 0, await socket.ReceiveAsync(buffer));
        }

        // A socket whose end has come is ready to be read, and has nothing to give.
        return socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) ? "closed" : "open";
    }
}
