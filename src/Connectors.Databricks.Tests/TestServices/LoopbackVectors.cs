using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// An embedding service on a socket, which allocates next to nothing while it answers: what a test counts is what the client takes. Inputs
/// are texts of five digits, a hundred to a request; the first number of a vector says which input it belongs to.
/// </summary>
internal sealed class LoopbackVectors : IAsyncDisposable
{
    public const int InputsPerRequest = 100;
    public const int Dimensions = 1024;

    private const string FirstInput = "{\"input\":[\"";
    private const string Mark = "0.?????,";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    public LoopbackVectors(int connections)
    {
        _listener.Start();
        _serving = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => ServeAsync(NewAnswer())));
    }

    public Uri Host => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    private async Task ServeAsync((byte[] Bytes, int[] Marks) answer)
    {
        var request = new byte[16 * 1024];
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            await using var stream = client.GetStream();
            while (await ReadRequestAsync(stream, request) is >= 0 and var first)
            {
                for (var i = 0; i < InputsPerRequest; i++)
                {
                    Write(answer.Bytes.AsSpan(answer.Marks[i], 5), first + i);
                }

                await stream.WriteAsync(answer.Bytes, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // No client connected, or the test is over.
        }
    }

    // Returns the first input; -1 at the end of the connection.
    private async Task<int> ReadRequestAsync(NetworkStream stream, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), _stopping.Token);
            if (read == 0)
            {
                return -1;
            }

            length += read;
            if (buffer.AsSpan(0, length).EndsWith("]}"u8))
            {
                var start = buffer.AsSpan(0, length).IndexOf("{\"input\":[\""u8) + FirstInput.Length;
                return Number(buffer.AsSpan(start, 5));
            }
        }
    }

    private static (byte[] Bytes, int[] Marks) NewAnswer()
    {
        var rest = string.Join(',', Enumerable.Range(1, Dimensions - 1).Select(i => FormattableString.Invariant($"{MathF.Sin(i):R}")));
        var items = Enumerable.Range(0, InputsPerRequest).Select(
            i => $$"""{"object":"embedding","index":{{i}},"embedding":[{{Mark}}{{rest}}]}""");
        var body = $$"""{"object":"list","data":[{{string.Join(',', items)}}],"usage":{"prompt_tokens":100,"total_tokens":100} }""";
        var text = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        var marks = new List<int>();
        for (var at = text.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            marks.Add(at + 2);
        }

        return (Encoding.ASCII.GetBytes(text), [.. marks]);
    }

    private static void Write(Span<byte> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--, number /= 10)
        {
            digits[i] = (byte)('0' + (number % 10));
        }
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }
}
