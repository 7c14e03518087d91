using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Connectors.Databricks.Batch.Checkpoints;
using Connectors.Databricks.Batch.Responses;

namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// One run of a batch. Requests take one path: the feeder reads them, an item sends each, the committer writes its line to the checkpoint,
/// and the caller reads its result.
/// </summary>
internal sealed class BatchRun<TResponse> : IAsyncDisposable
    where TResponse : class
{
    private readonly BatchPlan _plan;
    private readonly CheckpointFile? _checkpoint;
    private readonly BatchFault _fault;
    private readonly BatchMeter? _meter;
    private readonly ResultWindow _window;
    private readonly Channel<PositionedResult<TResponse>> _results;
    private readonly List<RepeatedAction> _repeated = [];
    private readonly Task _running;
    private bool _isClosed;

    private BatchRun(
        BatchPlan plan, ResponseFormat<TResponse> format, IAsyncEnumerable<DatabricksBatchRequest<TResponse>> requests,
        CheckpointFile? checkpoint, IdTable ids, CancellationToken cancellationToken)
    {
        (_plan, _checkpoint) = (plan, checkpoint);
        _fault = new BatchFault(cancellationToken);
        _meter = plan.Options.Progress is null ? null : new BatchMeter(plan.Total, plan.TimeProvider);
        _window = new ResultWindow(plan.Window);
        _results = Channel.CreateUnbounded<PositionedResult<TResponse>>(new() { SingleReader = true });
        _running = Task.Run(() => RunAsync(format, requests, ids), CancellationToken.None);
        Repeat(checkpoint is null ? null : checkpoint.Flush, plan.Options.CheckpointFlushInterval);
        Repeat(_meter is null ? null : ReportProgress, plan.Options.ProgressInterval);
    }

    /// <summary>Runs a batch and returns its results. Each enumeration is a run of its own.</summary>
    public static async IAsyncEnumerable<DatabricksBatchResult<TResponse>> ReadAsync(
        BatchPlan plan, ResponseFormat<TResponse> format, IAsyncEnumerable<DatabricksBatchRequest<TResponse>> requests,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = await StartAsync(plan, format, requests, cancellationToken).ConfigureAwait(false);
        await using var closing = run.ConfigureAwait(false);
        var order = plan.Options.PreserveOrder ? new ResultOrder<TResponse>(plan.Window) : null;
        while (await run._results.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (run._results.Reader.TryRead(out var result))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (order is null)
                {
                    run._window.Release();
                    yield return result.Result;
                    continue;
                }

                order.Add(result);
                while (order.TryTake(out var next))
                {
                    run._window.Release();
                    yield return next;
                }
            }
        }

        await run.FinishAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Cancels requests in flight, unless the run is finished, and closes the file with every complete result.</summary>
    public async ValueTask DisposeAsync()
    {
        await _fault.CancelAsync().ConfigureAwait(false);
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _fault.Dispose();
        }
    }

    // A checkpoint may be long, so that it is opened on another thread than the caller's.
    private static async Task<BatchRun<TResponse>> StartAsync(
        BatchPlan plan, ResponseFormat<TResponse> format, IAsyncEnumerable<DatabricksBatchRequest<TResponse>> requests,
        CancellationToken cancellationToken)
    {
        var ids = new IdTable();
        var options = plan.Options;
        var checkpoint = options.CheckpointPath is not { } path ? null : await Task.Run(
            () => CheckpointFile.Open(
                path, CheckpointHeader.For(plan.Workspace, plan.EndpointName, format.Kind, options), ids, options.RetryFailedRequests,
                plan.OpenStorage),
            cancellationToken).ConfigureAwait(false);
        return new BatchRun<TResponse>(plan, format, requests, checkpoint, ids, cancellationToken);
    }

    private async Task RunAsync(
        ResponseFormat<TResponse> format, IAsyncEnumerable<DatabricksBatchRequest<TResponse>> requests, IdTable ids)
    {
        var path = _plan.Options.CheckpointPath;
        var free = Channel.CreateUnbounded<BatchItem<TResponse>>(new() { SingleReader = true });
        var completed = Channel.CreateUnbounded<BatchItem<TResponse>>(new() { SingleReader = true });
        for (var i = 0; i < _plan.Options.MaxConcurrentRequests; i++)
        {
            free.Writer.TryWrite(new(_plan.Clients, _plan.Errors, _checkpoint is null ? null : format, completed.Writer, _fault.Canceled));
        }

        var committing = new BatchCommitter<TResponse>(
            _checkpoint, path, _fault, _meter, format, completed.Reader, free.Writer, _results.Writer).RunAsync();
        var feeder = new BatchFeeder<TResponse>(_checkpoint, path, ids, format, _fault, _meter, _window, free, _results.Writer);
        try
        {
            await feeder.RunAsync(requests, _plan.Options.MaxConcurrentRequests).ConfigureAwait(false);
            completed.Writer.Complete();
            await committing.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _fault.Fail(exception);
        }
        finally
        {
            _results.Writer.Complete();
        }
    }

    private async Task FinishAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        ReportProgress();
        if (_fault.Failure is { } failure)
        {
            throw failure;
        }
    }

    private async Task CloseAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        try
        {
            await _running.ConfigureAwait(false);
            foreach (var action in _repeated)
            {
                await action.DisposeAsync().ConfigureAwait(false);
            }

            _checkpoint?.Flush();
        }
        finally
        {
            _checkpoint?.Dispose();
        }
    }

    private void Repeat(Action? action, TimeSpan interval)
    {
        if (action is not null && interval != Timeout.InfiniteTimeSpan)
        {
            _repeated.Add(new RepeatedAction(interval, _plan.TimeProvider, action, _fault));
        }
    }

    private void ReportProgress()
    {
        if (_meter is not null)
        {
            _plan.Options.Progress!.Report(_meter.Read());
        }
    }
}
