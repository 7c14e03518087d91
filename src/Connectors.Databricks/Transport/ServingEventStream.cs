using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>The events of one streaming response: enforces the idle timeout between them, and translates every failure.</summary>
internal sealed class ServingEventStream : IDisposable
{
    /// <summary>The timeout for the end of a stream whose events have all been received.</summary>
    internal static readonly TimeSpan LongestFarewell = TimeSpan.FromMilliseconds(250);

    private readonly ServingCall _call;
    private readonly TimeSpan _idleLimit;
    private readonly TimeSpan _eventLimit;
    private readonly StreamIdleTimeout _idle;
    private readonly SseFrameReader _frames;
    private readonly TimeProvider _clock;
    private bool _hasEvent;

    /// <summary>Begins to read the events of an opened reply.</summary>
    public ServingEventStream(ServingCall call, ServingReply reply, Stream body, DatabricksServingOptions options)
    {
        _call = call;
        Reply = reply;
        _idle = new StreamIdleTimeout(options.TimeProvider, reply.CallerToken);
        _idleLimit = options.StreamIdleTimeout;
        _eventLimit = options.Resilience.TotalRequestTimeout?.Timeout ?? Timeout.InfiniteTimeSpan;
        _clock = options.TimeProvider;
        _frames = new SseFrameReader(body, reply.Limits.MaxEventBytes, reply.Limits.MaxBytes);
    }

    public ServingReply Reply { get; }

    /// <summary>The data of the current event; valid until the next move.</summary>
    public ReadOnlySpan<byte> Data => _frames.Data;

    /// <summary>The name of the current event; empty when it has none.</summary>
    public ReadOnlySpan<byte> Name => _frames.Name;

    /// <summary>The id of the current event; null when it has none.</summary>
    public string? Id => _frames.Id;

    /// <summary>Whether the event had a name, and whether that name marks an error.</summary>
    public (bool IsNamed, bool IsError) Event => _frames.Event;

    /// <summary>Whether what has arrived is complete, so that a stream that sends no further event ends when a timeout elapses.</summary>
    public bool IsComplete { get; set; }

    /// <summary>
    /// What broke the connection; null when the stream ended by itself. Whether that matters depends on what had arrived.
    /// </summary>
    public Exception? BrokenBy { get; private set; }

    /// <summary>Moves to the next event that holds data; false at the end of the stream.</summary>
    public ValueTask<bool> MoveNextAsync()
    {
        Reply.CallerToken.ThrowIfCancellationRequested();
        return TryMoveNext() ? new ValueTask<bool>(true) : ReadOnAsync();
    }

    // One method, and pooled: a stream waits hundreds of times.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadOnAsync()
    {
        var more = true;
        var withoutEventSince = 0L;
        while (more)
        {
            var limit = LimitOfWait(withoutEventSince);
            if (limit == TimeSpan.Zero)
            {
                return false;
            }

            try
            {
                // A stream that has all of its bytes ready completes each read synchronously, even if the token is canceled.
                _idle.Token.ThrowIfCancellationRequested();
                var read = _frames.ReadAsync(_idle.Token);
                if (read.IsCompletedSuccessfully)
                {
                    more = _frames.Took(read.Result);
                }
                else
                {
                    // The timeout runs only while no data is available: the time that a caller takes between two updates is not idle time
                    // of the service.
                    _idle.Start(limit);
                    var waiting = ServingTelemetry.StreamGap.Enabled ? _clock.GetTimestamp() : 0;
                    more = _frames.Took(await read.ConfigureAwait(false));
                    _idle.Stop();
                    Measure(ServingTelemetry.StreamGap, waiting);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException
                or InvalidDataException or BoundExceededException)
            {
                BrokenBy = Explained(exception, withoutEventSince);
                return false;
            }

            if (TryMoveNext())
            {
                return true;
            }

            // Bytes without an event: comments, or a part of one.
            if (withoutEventSince == 0)
            {
                withoutEventSince = _clock.GetTimestamp();
            }
        }

        return false;
    }

    // Comments are keep-alives and reset the idle timeout; but they keep a stream open only as long as a call may take.
    private TimeSpan LimitOfWait(long withoutEventSince)
    {
        if (withoutEventSince == 0 || _eventLimit == Timeout.InfiniteTimeSpan)
        {
            return _idleLimit;
        }

        var left = _eventLimit - _clock.GetElapsedTime(withoutEventSince);
        return left <= TimeSpan.Zero ? IsComplete ? TimeSpan.Zero : throw ServingExceptions.NoEvent(_call, Reply, _eventLimit)
            : _idleLimit == Timeout.InfiniteTimeSpan || left < _idleLimit ? left
            : _idleLimit;
    }

    // Returns what broke the connection, and throws any other failure. A canceled read can surface as a broken connection, and a broken
    // connection as a cancellation.
    private Exception Explained(Exception exception, long withoutEventSince)
    {
        switch (exception)
        {
            case BoundExceededException { Limit: var limit, Name: var name }:
                throw ServingExceptions.TooLarge(_call, Reply, limit, name);
            case InvalidDataException unreadable:
                throw ServingExceptions.Unreadable(_call, Reply, unreadable);
        }

        Reply.CallerToken.ThrowIfCancellationRequested();
        if (!_idle.IsElapsed || IsComplete)
        {
            return exception;
        }

        // Throws when the timeout between two events has elapsed, not only the idle timeout.
        LimitOfWait(withoutEventSince);
        throw ServingExceptions.Silent(_call, Reply, _idleLimit);
    }

    // An event without its blank line counts when it is complete: some servers end streams that way. A partial event is a truncated stream.
    private bool TryMoveNext()
    {
        if (!_frames.TryMoveNext() || (_frames.IsPartial && !IsWhole(_frames.Data)))
        {
            return false;
        }

        if (_frames.Data.Length > Reply.Limits.MaxEventBytes)
        {
            throw ServingExceptions.TooLarge(
                _call, Reply, Reply.Limits.MaxEventBytes, nameof(DatabricksResponseLimitOptions.MaxEventBytes));
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
        // There was no listener when it began.
        if (since != 0)
        {
            Measurements.Duration(histogram, _clock.GetElapsedTime(since), _call.Target);
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> data) => data.Trim((byte)' ').SequenceEqual("[DONE]"u8) || JsonReading.IsJson(data);

    /// <summary>
    /// Reads to the end after the last event: a connection whose response was read to its end is reused by the next call at once; any other
    /// is drained or closed by the handler while the next call opens a new one. Failures here are ignored, because the response is
    /// complete.
    /// </summary>
    public ValueTask ReadToEndAsync() => _frames.IsAtEnd || BrokenBy is not null ? default : SkipRestAsync();

    private async ValueTask SkipRestAsync()
    {
        try
        {
            _idle.Start(LongestFarewell);
            do
            {
                _frames.Skip();
            }
            while (_frames.Took(await _frames.ReadAsync(_idle.Token).ConfigureAwait(false)));
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or IOException or HttpRequestException or InvalidDataException
                or BoundExceededException)
        {
            // The connection is abandoned instead.
        }
    }

    public void Dispose()
    {
        Reply.Dispose();
        _idle.Dispose();
        _frames.Dispose();
    }
}
