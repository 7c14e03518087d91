using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>
/// The socket of a request, for bytes that no server would send. The server must not have written to this response, and writes nothing
/// after it: every method that ends it closes the connection.
/// </summary>
internal sealed class RawConnection(HttpContext context)
{
    /// <summary>On the system clock: clients close the connection once they have read the end.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Socket _socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
    }

    /// <summary>Shuts the connection down for sending and lets the client read the rest.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _socket.Shutdown(SocketShutdown.Send);
        try
        {
            await Task.Delay(CloseTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected, or the emulator stops.
        }

        context.Abort();
    }
}
