using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>
/// The socket under a request, for bytes that no server would send. The server must not have written to this answer, and writes nothing
/// after it: every way to end gives the connection up.
/// </summary>
internal sealed class RawConnection(HttpContext context)
{
    /// <summary>Of the wall clock: the client's system hangs up by itself as soon as the client has read the end.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Socket _socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
    }

    /// <summary>Gives the connection up with a reset, as a machine that fell over.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        context.Abort();
    }

    /// <summary>Says that nothing more comes, and lets the client read what came.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _socket.Shutdown(SocketShutdown.Send);
        try
        {
            await Task.Delay(Farewell, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client has hung up, or the emulator stops.
        }

        context.Abort();
    }
}
