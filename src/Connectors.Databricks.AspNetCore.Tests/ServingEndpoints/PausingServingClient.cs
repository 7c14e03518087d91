using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

/// <summary>A client whose predictions wait until they are told to continue, or until their caller leaves.</summary>
/// <param name="signatureFailure">Why signatures cannot be read.</param>
internal sealed class PausingServingClient(Exception? signatureFailure = null) : DatabricksServingClient, IDisposable
{
    private readonly TaskCompletionSource _continues = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isCanceled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _started = new(0);
    private int _running;

    public override EndpointDirectory Directory { get; } = new ReadyDirectory(signatureFailure);

    /// <summary>The number of predictions that wait.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The largest number of predictions that waited at the same time.</summary>
    public int MostRunning { get; private set; }

    /// <summary>Completes when a prediction has been canceled.</summary>
    public Task Canceled => _isCanceled.Task;

    /// <summary>Waits for the start of one more prediction.</summary>
    public Task StartedAsync() => _started.WaitAsync(TimeSpan.FromSeconds(30));

    public void Continue() => _continues.TrySetResult();

    public override async Task<DatabricksPrediction> PredictAsync(
        string endpointName, DatabricksPredictionInput input, DatabricksPredictionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        lock (_started)
        {
            MostRunning = Math.Max(MostRunning, Interlocked.Increment(ref _running));
        }

        _started.Release();
        try
        {
            await _continues.Task.WaitAsync(cancellationToken);
            return new DatabricksPrediction(JsonDocument.Parse("[1]").RootElement);
        }
        catch (OperationCanceledException)
        {
            _isCanceled.TrySetResult();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public override EndpointDirectory CreateDirectory(EndpointDirectoryOptions options) => Directory;

    public void Dispose() => _started.Dispose();

    private sealed class ReadyDirectory(Exception? signatureFailure) : EndpointDirectory
    {
        public override Task<EndpointProfile> GetProfileAsync(string endpointName, CancellationToken cancellationToken = default) =>
            Task.FromResult(DatabricksModelFactory.EndpointProfile($$$"""
                {"name":"{{{endpointName}}}","state":{"ready":"READY","config_update":"NOT_UPDATING"},
                 "config":{"served_entities":[{"name":"a","entity_name":"main.ml.a","entity_version":"1"}]}}
                """));

        public override Task<EndpointSignature> GetSignatureAsync(string endpointName, CancellationToken cancellationToken = default) =>
            signatureFailure is null ? Task.FromResult(new EndpointSignature()) : Task.FromException<EndpointSignature>(signatureFailure);
    }
}
