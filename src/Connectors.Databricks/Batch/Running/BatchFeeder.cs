using System.Text.Json;
using System.Threading.Channels;
using Connectors.Databricks.Batch.Checkpoints;
using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// Reads the requests one by one: a request with a line in the checkpoint has its result, another one takes a free item. It waits for both
/// limits: the items, and the results that are not yet read.
/// </summary>
internal sealed class BatchFeeder<TResponse>(
    CheckpointFile? checkpoint, string? path, IdTable ids, ResponseFormat<TResponse> format, BatchFault fault, BatchMeter? meter,
    ResultWindow window, Channel<BatchItem<TResponse>> free, ChannelWriter<PositionedResult<TResponse>> results)
    where TResponse : class
{
    private readonly ItemStarter<TResponse> _starter = new();
    private long _position;

    /// <summary>Feeds all requests, and waits until every item is free again.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="items">The number of items.</param>
    public async Task RunAsync(IAsyncEnumerable<DatabricksBatchRequest<TResponse>> requests, int items)
    {
        try
        {
            await foreach (var request in requests.WithCancellation(fault.Stopped).ConfigureAwait(false))
            {
                // One method awaits, so that waiting for an item allocates nothing.
                await window.WaitAsync(_position, fault.Stopped).ConfigureAwait(false);
                if (!TryHandOut(request))
                {
                    if (!free.Reader.TryRead(out var item))
                    {
                        item = await free.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                    }

                    Start(item, request);
                }
            }
        }
        catch (OperationCanceledException) when (fault.Stopped.IsCancellationRequested)
        {
            // The batch was canceled, or failed elsewhere.
        }
        catch (Exception exception)
        {
            fault.Fail(exception);
        }

        for (var i = 0; i < items; i++)
        {
            await free.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <returns>Whether the request has its result from the checkpoint; otherwise it is to be sent.</returns>
    private bool TryHandOut(DatabricksBatchRequest<TResponse>? request)
    {
        if (request is null)
        {
            throw new ArgumentException($"Request {_position} of the batch is null.", nameof(request));
        }

        if (!ids.TryTake(request.Id, out var line))
        {
            throw new ArgumentException(
                $"Request {_position} of the batch has the id '{request.Id}', as an earlier one. Ids are unique in a batch.",
                nameof(request));
        }

        if (line is not { } offset)
        {
            return false;
        }

        var result = ReadLine(request.Id, offset);
        meter?.Add(result.IsSuccess, isFromCheckpoint: true, result.Response is { } response ? format.UsageOf(response) : null);
        results.TryWrite(new(_position++, result));
        return true;
    }

    private void Start(BatchItem<TResponse> item, DatabricksBatchRequest<TResponse> request)
    {
        // An item that became free after the batch was stopped goes back, for the count at the end.
        if (fault.Stopped.IsCancellationRequested)
        {
            free.Writer.TryWrite(item);
            fault.Stopped.ThrowIfCancellationRequested();
        }

        item.Prepare(request, _position++);
        _starter.Start(item);
    }

    private DatabricksBatchResult<TResponse> ReadLine(string id, long offset)
    {
        try
        {
            if (checkpoint!.Lines.ReadAt(offset) is { } line && CheckpointLine.Read(line.Span, format) is { } result && result.Id == id)
            {
                return result;
            }
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception) || exception is FormatException or NotSupportedException)
        {
            throw CheckpointExceptions.NotResult(path!, id, exception);
        }
        catch (IOException exception)
        {
            throw CheckpointExceptions.NotRead(path!, exception);
        }

        throw CheckpointExceptions.NotResult(path!, id, exception: null);
    }
}
