using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Connectors.Databricks.Batch.Checkpoints;
using Connectors.Databricks.Batch.Responses;

namespace Connectors.Databricks.Batch.Running;

/// <summary>
/// One of the concurrent requests of a batch: sends it, and writes the line for the checkpoint. It is used again for another request after
/// its line has been written to the file, so that at most as many paid responses as there are items can be lost.
/// </summary>
internal sealed class BatchItem<TResponse>(
    BatchClients clients, ItemErrors errors, ResponseFormat<TResponse>? format, ChannelWriter<BatchItem<TResponse>> completed,
    CancellationToken cancellationToken)
    where TResponse : class
{
    /// <summary>Longer buffers are not kept: a single long response would keep its memory until the end.</summary>
    private const int LongestKeptBuffer = 256 * 1024;

    private ArrayBufferWriter<byte>? _buffer;
    private Utf8JsonWriter? _writer;
    private DatabricksBatchRequest<TResponse> _request = null!;
    private Task<TResponse> _response = null!;
    private Action? _complete;

    /// <summary>The position of the request in the batch.</summary>
    public long Position { get; private set; }

    /// <summary>The result; null when the request was canceled.</summary>
    public DatabricksBatchResult<TResponse>? Result { get; private set; }

    /// <summary>Why the response cannot be written as JSON.</summary>
    public Exception? LineFailure { get; private set; }

    public ReadOnlySpan<byte> Line => _buffer is null ? [] : _buffer.WrittenSpan;

    /// <summary>Takes a request; <see cref="Run"/> sends it.</summary>
    public void Prepare(DatabricksBatchRequest<TResponse> request, long position)
    {
        (_request, Position) = (request, position);
        (Result, LineFailure) = (null, null);
        if (_buffer?.Capacity > LongestKeptBuffer)
        {
            (_buffer, _writer) = (null, null);
        }

        _buffer?.ResetWrittenCount();
    }

    /// <summary>Sends the request, and writes the item to the channel when it is complete. Never throws.</summary>
    public void Run()
    {
        try
        {
            _response = _request.SendAsync(clients, cancellationToken);
        }
        catch (Exception exception)
        {
            _response = Task.FromException<TResponse>(exception);
        }

        // An async method would allocate its state for each request; the item is this state.
        var awaiter = _response.ConfigureAwait(false).GetAwaiter();
        if (awaiter.IsCompleted)
        {
            Complete();
        }
        else
        {
            awaiter.UnsafeOnCompleted(_complete ??= Complete);
        }
    }

    private void Complete()
    {
        var (request, response) = (_request, _response);
        (_request, _response) = (null!, null!);
        if (response is { IsCompletedSuccessfully: true, Result: { } value })
        {
            Result = new(request.Id, value);
        }
        else if (!cancellationToken.IsCancellationRequested)
        {
            Result = new(request.Id, errors.From(FailureOf(response)));
        }

        // A canceled batch has no result for the request, which the next run sends.
        if (Result is not null)
        {
            WriteLine(Result);
        }

        completed.TryWrite(this);
    }

    private static Exception FailureOf(Task<TResponse> response) =>
        response.Exception?.InnerException ?? (response.IsCanceled
            ? new TaskCanceledException(response)
            : new InvalidOperationException("The client returned no response."));

    private void WriteLine(DatabricksBatchResult<TResponse> result)
    {
        if (format is null)
        {
            return;
        }

        try
        {
            _buffer ??= new ArrayBufferWriter<byte>(1024);
            _writer ??= new Utf8JsonWriter(_buffer, ResponseJson.Writing);
            _writer.Reset(_buffer);
            CheckpointLine.Write(_buffer, _writer, format, result);
        }
        catch (Exception exception)
        {
            (LineFailure, _buffer, _writer) = (exception, null, null);
        }
    }
}
