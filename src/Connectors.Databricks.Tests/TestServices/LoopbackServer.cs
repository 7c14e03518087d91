using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// A server of this machine that keeps what it hears, byte for byte, and says what a test prepared; an HTTP stack is not involved.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Func<Socket, Task>> _answers = new();
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public LoopbackServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Each request: head and body.</summary>
    public IReadOnlyList<string> Requests => [.. _heard];

    public LoopbackServer Answers(string status, string body, params string[] headers) => Does(async socket =>
    {
        var head = string.Concat(headers.Select(header => $"{header}\r\n"));
        var length = Encoding.UTF8.GetByteCount(body);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{head}\r\n{body}"));
    });

    /// <summary>The next request is answered as the test does it; then the connection is closed.</summary>
    public LoopbackServer Does(Func<Socket, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    /// <summary>The next request is answered with a reset of the connection.</summary>
    public LoopbackServer Resets() => Does(socket =>
    {
        socket.LingerState = new LingerOption(enable: true, 0);
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.WaitAsync(TimeSpan.FromSeconds(30));
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                _heard.Enqueue(await HearAsync(socket));
                if (_answers.TryDequeue(out var answer))
                {
                    await answer(socket);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task<string> HearAsync(Socket socket)
    {
        var text = new StringBuilder();
        var block = new byte[8192];
        while (!IsWhole(text.ToString()))
        {
            var read = await socket.ReceiveAsync(block, _stop.Token);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(block, 0, read));
        }

        return text.ToString();
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = text[..end].Split("\r\n")
            .FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || text.Length - end - 4 >= int.Parse(length["Content-Length:".Length..], null);
    }
}
