using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>Faults below HTTP: broken connections and invalid framing.</summary>
internal static class CorruptedConnection
{
    private const string Chunked = "transfer-encoding: chunked";
    private const string Last = "connection: close";

    /// <returns>Whether the fault is of this kind; the connection is closed then.</returns>
    public static async Task<bool> TryPlayAsync(
        EmulatedFault fault, BufferedResponse answer, RawConnection connection, Action paused, CancellationToken cancellationToken)
    {
        try
        {
            return await PlayAsync(fault, answer, connection, paused, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // The client disconnected.
            connection.Reset();
            return true;
        }
    }

    private static async Task<bool> PlayAsync(
        EmulatedFault fault, BufferedResponse answer, RawConnection connection, Action paused, CancellationToken cancellationToken)
    {
        var body = answer.Body;
        var half = body[..(body.Length / 2)];
        var sent = fault switch
        {
            EmulatedFault.ResetBeforeHeaders or EmulatedFault.CloseBeforeHeaders or EmulatedFault.SilenceBeforeHeaders => [],
            EmulatedFault.NotHttp => Encoding.ASCII.GetBytes("SSH-2.0-Corrupted\r\n"),
            EmulatedFault.ResetInHeaders => answer.Head()[..^6],
            EmulatedFault.ResetMidBody or EmulatedFault.SilenceMidBody => [.. answer.Head(Length(body)), .. half],
            EmulatedFault.CloseMidBody => [.. answer.Head(Chunked), .. Chunk(half)],
            EmulatedFault.LengthTooLong => [.. answer.Head(Length([.. body, 0])), .. body],
            EmulatedFault.LengthTooShort => [.. answer.Head(Length(half)), .. body],
            EmulatedFault.BrokenChunks => [.. answer.Head(Chunked), .. Chunk(half), .. "zz\r\n"u8, .. body[half.Length..]],
            EmulatedFault.InterimResponses =>
                [.. Interim(100), .. Interim(102), .. Interim(103), .. answer.Head(Length(body), Last), .. body],
            _ => null,
        };
        if (sent is null)
        {
            return false;
        }

        await connection.SendAsync(sent, cancellationToken).ConfigureAwait(false);
        switch (fault)
        {
            case EmulatedFault.ResetBeforeHeaders or EmulatedFault.ResetInHeaders or EmulatedFault.ResetMidBody:
                connection.Reset();
                break;
            case EmulatedFault.SilenceBeforeHeaders or EmulatedFault.SilenceMidBody:
                paused();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await connection.CloseAsync(cancellationToken).ConfigureAwait(false);
                break;
        }

        return true;
    }

    private static string Length(byte[] body) => $"content-length: {body.Length.ToString(CultureInfo.InvariantCulture)}";

    private static byte[] Chunk(byte[] bytes) => [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];

    private static byte[] Interim(int status) => Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Interim\r\n\r\n");
}
