using System.Buffers;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>
/// A body that is read in pieces from one pooled buffer; unread bytes move to its front. A document larger than the buffer never exists
/// whole. Failures to read are the connector's exceptions.
/// </summary>
internal sealed class BodyStream : IDisposable
{
    /// <summary>Far above the length of any name, number, error or vector; bounds the memory for a text that never ends.</summary>
    public const int LongestToken = 32 * 1024 * 1024;

    /// <summary>Four full TLS records: large enough for few reads, small enough to stay in the cache between two of them.</summary>
    private const int FirstBuffer = 64 * 1024;

    /// <summary>The number of bytes by which events are recognized: those of <c>event:</c>.</summary>
    private const int HeadLength = 6;

    private readonly ServingCall _call;
    private readonly Stream _body;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _end;
    private long _total;
    private bool _hasBegun;

    private BodyStream(ServingCall call, ServingReply reply, Stream body)
    {
        _call = call;
        Reply = reply;
        _body = body;
    }

    /// <exception cref="DatabricksServingException">The body is an HTML page or an event stream.</exception>
    public static async Task<BodyStream> OpenAsync(ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        if (reply.IsHtml || reply.IsEventStream)
        {
            // This throws: a page is read whole, for its title.
            await ServedDocument.ReadAsync(call, reply, cancellationToken).ConfigureAwait(false);
        }

        return new BodyStream(call, reply, await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
    }

    public ServingReply Reply { get; }

    /// <summary>The bytes that were received and not consumed; valid until the next read.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether <see cref="Unread"/> is the rest of the body.</summary>
    public bool IsAtEnd { get; private set; }

    public void Take(int count) => _start += count;

    /// <summary>
    /// Fills the buffer after the unread bytes, or detects the end of the body. It waits until the buffer is full: the whole body is needed
    /// anyway, and a value across the end of a piece is read twice.
    /// </summary>
    /// <exception cref="DatabricksServingException">The body broke off, or cannot be unpacked.</exception>
    public async ValueTask ReadMoreAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        try
        {
            while (!IsAtEnd && _end < _buffer.Length)
            {
                var read = await _body.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
                _end += read;
                _total += read;
                IsAtEnd = read == 0;
                ReadHead();
                if (_total > Reply.Limits.MaxBytes)
                {
                    throw ServingExceptions.TooLarge(_call, Reply, Reply.Limits.MaxBytes);
                }
            }
        }
        catch (InvalidDataException exception)
        {
            // Thrown by the decompression for bytes that do not match the Content-Encoding header.
            throw ServingExceptions.Malformed(_call, Reply, exception);
        }
        catch (Exception exception) when (exception is (HttpRequestException or IOException) and not DatabricksServingException)
        {
            // A broken connection may be how a cancellation surfaces.
            cancellationToken.ThrowIfCancellationRequested();
            throw ServingExceptions.CutOff(_call, Reply, exception);
        }
    }

    // A byte order mark is not JSON, and neither are events. Nothing is consumed until their first bytes are received.
    private void ReadHead()
    {
        if (!_hasBegun && (_total >= HeadLength || IsAtEnd))
        {
            if (ServedDocument.IsEvents(Unread))
            {
                throw ServingExceptions.EventStream(_call, Reply);
            }

            _hasBegun = true;
            _start = Unread.StartsWith(JsonReading.Mark) ? JsonReading.Mark.Length : 0;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length >= LongestToken)
        {
            throw ServingExceptions.Malformed(_call, Reply, new InvalidDataException($"A value is longer than {LongestToken} bytes."));
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _start = _end = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
