using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>
/// Reads the updates of a streamed response. While it waits, what was written is sent, and comments keep a silent connection open.
/// </summary>
internal sealed class UpdateReader : IAsyncDisposable
{
    private readonly HttpContext _context;
    private readonly PipeWriter _output;
    private readonly StreamTiming _timing;
    private readonly CancellationTokenSource _leaving;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly PeriodicTimer _timer;
    private Task<bool>? _first;
    private Task<bool>? _pending;
    private Task<bool>? _tick;
    private bool _isCommentDue;

    public UpdateReader(HttpContext context, IAsyncEnumerable<ChatResponseUpdate> updates, StreamTiming timing)
    {
        (_context, _output, _timing) = (context, context.Response.BodyWriter, timing);
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _updates = updates.GetAsyncEnumerator(_leaving.Token);
        _timer = new PeriodicTimer(
            timing.GracePeriod == TimeSpan.Zero ? timing.KeepAliveInterval : timing.GracePeriod, RouteContext.Clock(context));
    }

    public ChatResponseUpdate Current => _updates.Current;

    /// <summary>How many bytes were written and not sent; without a bound if the response does not count them.</summary>
    public long UnsentBytes => _output.CanGetUnflushedBytes ? _output.UnflushedBytes : long.MaxValue;

    /// <summary>
    /// Waits for the first update, at most for the grace period, so that a failure until then is thrown before the response starts.
    /// </summary>
    public async Task WaitForFirstAsync()
    {
        _pending = _first = _updates.MoveNextAsync().AsTask();
        if (!_first.IsCompleted && _timing.GracePeriod != TimeSpan.Zero)
        {
            await Task.WhenAny(_first, _tick = _timer.WaitForNextTickAsync().AsTask()).ConfigureAwait(false);
        }

        if (_first.IsCompleted)
        {
            await _first.ConfigureAwait(false);
        }
        else
        {
            (_isCommentDue, _tick) = (true, null);
        }

        _timer.Period = _timing.KeepAliveInterval;
    }

    /// <summary>Reads the next update; the first call returns the first one.</summary>
    public ValueTask<bool> MoveNextAsync()
    {
        var next = _first is null ? _updates.MoveNextAsync() : new ValueTask<bool>(_first);
        _first = null;
        if (next.IsCompleted)
        {
            return next;
        }

        _pending = next.AsTask();
        return WaitAsync(_pending);
    }

    private async ValueTask<bool> WaitAsync(Task<bool> next)
    {
        if (_isCommentDue || UnsentBytes > 0)
        {
            await SendAsync(_isCommentDue).ConfigureAwait(false);
        }

        while (!next.IsCompleted)
        {
            // One tick for many updates: a silent interval ends with a comment, at most two intervals after the last update.
            _tick ??= _timer.WaitForNextTickAsync().AsTask();
            if (await Task.WhenAny(next, _tick).ConfigureAwait(false) == _tick && !next.IsCompleted)
            {
                _tick = null;
                await SendAsync(withComment: true).ConfigureAwait(false);
            }
        }

        return await next.ConfigureAwait(false);
    }

    /// <summary>Sends what was written.</summary>
    public ValueTask FlushAsync() => SendAsync(withComment: false);

    private async ValueTask SendAsync(bool withComment)
    {
        if (withComment)
        {
            WriteComment();
        }

        var result = await _output.FlushAsync(_context.RequestAborted).ConfigureAwait(false);
        if (result.IsCompleted)
        {
            // The client has left.
            throw new OperationCanceledException(_context.RequestAborted);
        }
    }

    private void WriteComment()
    {
        _isCommentDue = false;
        var comment = ": keep-alive\n\n"u8;
        comment.CopyTo(_output.GetSpan(comment.Length));
        _output.Advance(comment.Length);
    }

    public async ValueTask DisposeAsync()
    {
        if (_pending is { IsCompleted: false })
        {
            // The enumerator cannot be disposed while it moves.
            await _leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)_pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _updates.DisposeAsync().ConfigureAwait(false);
        _timer.Dispose();
        _leaving.Dispose();
    }
}
