using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Transport;

/// <summary>The events of one streamed answer: bounds the silence between them, and turns every failure into a typed one.</summary>
internal sealed class ServingEventStream : IDisposable
{
    /// <summary>How long the end of a stream is waited for when all of its events are here.</summary>
    internal static readonly TimeSpan LongestFarewell = TimeSpan.FromMilliseconds(250);

    private readonly ServingCall _call;
    private readonly TimeSpan _idleLimit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _reading;
    private readonly SseFrameReader _frames;
    private readonly TimeProvider _clock;
    private ITimer? _silence;
    private bool _hasEvent;

    private ServingEventStream(
        ServingCall call, ServingReply reply, Stream body, DatabricksServingOptions options, CancellationToken cancellationToken)
    {
        _call = call;
        Reply = reply;
        _idleLimit = options.StreamIdleTimeout;
        _clock = options.TimeProvider;
        _caller = cancellationToken;
        _reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _frames = new SseFrameReader(body, reply.Limits.MaxEventBytes, reply.Limits.MaxBytes);
    }

    // The first update often comes with the headers: a timer is made for those who have to wait.
    private void CancelIn(TimeSpan time)
    {
        _silence ??= _clock.CreateTimer(
            static reading => Cancel((CancellationTokenSource)reading!), _reading, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _silence.Change(time, Timeout.InfiniteTimeSpan);
    }

    private static void Cancel(CancellationTokenSource reading)
    {
        try
        {
            reading.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The timer fired while the stream was being disposed: nobody reads any more.
        }
    }

    public static async Task<ServingEventStream> OpenAsync(
        ServingCall call, ServingReply reply, DatabricksServingOptions options, CancellationToken cancellationToken)
    {
        var body = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new ServingEventStream(call, reply, body, options, cancellationToken);
    }

    public ServingReply Reply { get; }

    /// <summary>The data of the current event; valid until the next move.</summary>
    public ReadOnlySpan<byte> Data => _frames.Data;

    /// <summary>Whether the event carried a name, and whether that name says that it is an error.</summary>
    public (bool IsNamed, bool IsError) Event => _frames.Event;

    /// <summary>
    /// What broke the connection; null when the stream ended by itself. Whether that matters depends on what had arrived.
    /// </summary>
    public Exception? BrokenBy { get; private set; }

    /// <summary>Moves to the next event that holds data; false at the end of the stream.</summary>
    public ValueTask<bool> MoveNextAsync()
    {
        _caller.ThrowIfCancellationRequested();
        return TryMoveNext() ? new ValueTask<bool>(true) : ReadOnAsync();
    }

    // Pooled, like the two below it: a stream waits hundreds of times, and each time would cost three objects.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadOnAsync()
    {
        while (await ReadAsync().ConfigureAwait(false))
        {
            if (TryMoveNext())
            {
                return true;
            }
        }

        return BrokenBy is null && TryMoveNext();
    }

    // An event without its blank line counts when it is whole: some servers end so. Half an event is no event, but a stream cut off.
    private bool TryMoveNext()
    {
        if (!_frames.TryMoveNext() || (_frames.IsPartial && !IsWhole(_frames.Data)))
        {
            return false;
        }

        if (_frames.Data.Length > Reply.Limits.MaxEventBytes)
        {
            throw ServingFailures.TooLarge(_call, Reply, Reply.Limits.MaxEventBytes, nameof(DatabricksResponseLimits.MaxEventBytes));
        }

        if (!_hasEvent)
        {
            _hasEvent = true;
            Measure(ServingTelemetry.FirstEvent, Reply.StartedAt);
        }

        return true;
    }

    private void Measure(Histogram<double> histogram, long since)
    {
        // Nobody listened when it began.
        if (since != 0)
        {
            histogram.Record(
                _clock.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>(ServingTelemetry.EndpointTag, _call.Target));
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> data)
    {
        if (data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(data);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadAsync()
    {
        try
        {
            var read = _frames.ReadAsync(_reading.Token);
            if (read.IsCompletedSuccessfully)
            {
                return read.Result;
            }

            // The clock runs only while nothing is there: the time a caller takes between two updates is not the service's silence.
            CancelIn(_idleLimit);
            var waiting = ServingTelemetry.StreamGap.Enabled ? _clock.GetTimestamp() : 0;
            var more = await read.ConfigureAwait(false);
            CancelIn(Timeout.InfiniteTimeSpan);
            Measure(ServingTelemetry.StreamGap, waiting);
            return more;
        }
        catch (BoundExceededException exception)
        {
            throw ServingFailures.TooLarge(_call, Reply, exception.Limit, exception.Name);
        }
        catch (InvalidDataException exception)
        {
            throw ServingFailures.Unreadable(_call, Reply, exception);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            // Cancelling a read can surface as a broken connection, and breaking it from below as a cancellation.
            _caller.ThrowIfCancellationRequested();
            if (_reading.IsCancellationRequested)
            {
                throw ServingFailures.Silent(_call, Reply, _idleLimit);
            }

            BrokenBy = exception;
            return false;
        }
    }

    /// <summary>
    /// Reads on to the end behind the last event, which is a moment away: a connection whose answer was read to its end takes the next
    /// call at once, and any other is closed or emptied behind our back while the next call opens a new one. Whatever happens here, the
    /// answer is complete.
    /// </summary>
    public ValueTask ReadToEndAsync() => _frames.IsAtEnd || BrokenBy is not null ? default : SkipRestAsync();

    private async ValueTask SkipRestAsync()
    {
        try
        {
            CancelIn(LongestFarewell);
            while (await _frames.SkipAsync(_reading.Token).ConfigureAwait(false))
            {
            }
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or IOException or HttpRequestException or InvalidDataException or BoundExceededException)
        {
            // The connection is given up instead.
        }
    }

    public void Dispose()
    {
        _silence?.Dispose();
        Reply.Dispose();
        _frames.Dispose();
        _reading.Dispose();
    }
}
