using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>The events of one streamed answer: bounds the silence between them, and turns every failure into a typed one.</summary>
internal sealed class ServingEventStream : IDisposable
{
    /// <summary>How long the end of a stream is waited for when all of its events are here.</summary>
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

    /// <summary>Whether the event carried a name, and whether that name says that it is an error.</summary>
    public (bool IsNamed, bool IsError) Event => _frames.Event;

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
            try
            {
                // A stream that has all of its bytes ready completes each read at once, whatever the token says.
                _idle.Token.ThrowIfCancellationRequested();
                var read = _frames.ReadAsync(_idle.Token);
                if (read.IsCompletedSuccessfully)
                {
                    more = _frames.Took(read.Result);
                }
                else
                {
                    // The clock runs only while nothing is there: the time a caller takes between two updates is not the service's silence.
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

            // Bytes came, and no event: comments, or a part of one.
            if (withoutEventSince == 0)
            {
                withoutEventSince = _clock.GetTimestamp();
            }
        }

        return false;
    }

    // Comments show that the service is alive, which ends the silence; but they keep a stream open only as long as a call may take.
    private TimeSpan LimitOfWait(long withoutEventSince)
    {
        if (withoutEventSince == 0 || _eventLimit == Timeout.InfiniteTimeSpan)
        {
            return _idleLimit;
        }

        var left = _eventLimit - _clock.GetElapsedTime(withoutEventSince);
        return left <= TimeSpan.Zero ? throw ServingExceptions.NoEvent(_call, Reply, _eventLimit)
            : _idleLimit == Timeout.InfiniteTimeSpan || left < _idleLimit ? left
            : _idleLimit;
    }

    // Gives back what broke the connection, and throws what is worse. Cancelling a read can surface as a broken connection, and breaking it
    // from below as a cancellation.
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
        if (!_idle.IsElapsed)
        {
            return exception;
        }

        // Throws when the time between two events is over, and not only the silence.
        LimitOfWait(withoutEventSince);
        throw ServingExceptions.Silent(_call, Reply, _idleLimit);
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
            throw ServingExceptions.TooLarge(_call, Reply, Reply.Limits.MaxEventBytes, nameof(DatabricksResponseLimits.MaxEventBytes));
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
            Measurements.Duration(histogram, _clock.GetElapsedTime(since), _call.Target);
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> data) => data.Trim((byte)' ').SequenceEqual("[DONE]"u8) || JsonReading.IsJson(data);

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
            _idle.Start(LongestFarewell);
            do
            {
                _frames.Skip();
            }
            while (_frames.Took(await _frames.ReadAsync(_idle.Token).ConfigureAwait(false)));
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or IOException or HttpRequestException or InvalidDataException or BoundExceededException)
        {
            // The connection is given up instead.
        }
    }

    public void Dispose()
    {
        Reply.Dispose();
        _idle.Dispose();
        _frames.Dispose();
    }
}
