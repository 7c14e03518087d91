using System.Threading.Channels;
using Connectors.Databricks.Batch.Checkpoints;
using Connectors.Databricks.Batch.Responses;

namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// Writes the lines of complete items to the checkpoint, all that are complete in one write, and then hands out their results.
/// </summary>
internal sealed class BatchCommitter<TResponse>(
    CheckpointFile? checkpoint, string? path, BatchFault fault, BatchMeter? meter, ResponseFormat<TResponse> format,
    ChannelReader<BatchItem<TResponse>> completed, ChannelWriter<BatchItem<TResponse>> free,
    ChannelWriter<PositionedResult<TResponse>> results)
    where TResponse : class
{
    private readonly List<BatchItem<TResponse>> _items = [];

    /// <summary>Whether an earlier write failed: the file ends with a complete line, and stays so.</summary>
    private bool _hasFailed;

    public async Task RunAsync()
    {
        while (await completed.WaitToReadAsync().ConfigureAwait(false))
        {
            while (completed.TryRead(out var item))
            {
                _items.Add(item);
            }

            Write();
            foreach (var item in _items)
            {
                HandOut(item);
            }

            // Together, so that the feeder continues once for all of them.
            foreach (var item in _items)
            {
                free.TryWrite(item);
            }

            _items.Clear();
        }
    }

    private void Write()
    {
        if (checkpoint is null || _hasFailed)
        {
            return;
        }

        try
        {
            foreach (var item in _items)
            {
                if (item is { Result: { } result, LineFailure: { } failure })
                {
                    fault.Fail(CheckpointExceptions.NotSerialized(path!, result.Id, failure));
                }

                checkpoint.Append(item.Line);
            }

            checkpoint.Write();
        }
        catch (Exception exception)
        {
            // Any failure: the items must become free, or the batch would wait for them forever.
            _hasFailed = true;
            fault.Fail(exception);
        }
    }

    private void HandOut(BatchItem<TResponse> item)
    {
        if (item.Result is { } result)
        {
            meter?.Add(result.IsSuccess, isFromCheckpoint: false, result.Response is { } response ? format.UsageOf(response) : null);
            results.TryWrite(new(item.Position, result));
        }
    }
}
