using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Discovery.Documents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connectors.Databricks.Hosting;

/// <summary>Checks the health of an endpoint by its state and, optionally, by an inference request.</summary>
internal sealed class EndpointHealthCheck(
    DatabricksServingClient serving, string endpointName, DatabricksHealthCheckOptions options, TimeProvider clock) : IHealthCheck
{
    private const string ScaledToZero = "scaled to zero";
    private const int LongestWord = 100;
    private const int LongestSentence = 500;
    private const int LongestDescription = 2_000;
    private const int MostEntities = 20;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failureStatus = context.Registration.FailureStatus;
        Dictionary<string, object> data = new(StringComparer.Ordinal) { ["endpoint"] = endpointName };
        try
        {
            var profile = await serving.Directory.GetProfileAsync(endpointName, cancellationToken).ConfigureAwait(false);
            var endpoint = profile.Endpoint;
            var result = Judge(endpoint, failureStatus, data);
            return result.Status == failureStatus || !options.SendPing || IsScaledToZero(endpoint)
                ? result
                : await PingAsync(profile, result, data, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DatabricksServingException or DatabricksCredentialException)
        {
            return new HealthCheckResult(failureStatus, SingleLineText.Of(exception.Message, LongestDescription), exception, data);
        }
    }

    private HealthCheckResult Judge(DiscoveredEndpoint endpoint, HealthStatus failureStatus, Dictionary<string, object> data)
    {
        data["ready"] = Word(endpoint.Ready);
        data["config_update"] = Word(endpoint.ConfigUpdate);
        foreach (var entity in endpoint.Config?.Entities.Take(MostEntities) ?? [])
        {
            data[$"served_entity.{Word(entity.Name)}"] = entity.DeploymentMessage is { Length: > 0 } message
                ? $"{Word(entity.Deployment)}: {Sentence(message)}"
                : Word(entity.Deployment);
        }

        if (endpoint.IsModelService)
        {
            data["model_service"] = true;
        }

        var hasFailed = endpoint.ConfigUpdate is EndpointWords.UpdateFailed;
        return endpoint switch
        {
            { IsModelService: true, IsReady: false } => Result(failureStatus, "is a model service without a destination."),
            { IsReady: false } => Result(
                failureStatus,
                $"is not ready ({Word($"{endpoint.Ready}, {endpoint.ConfigUpdate}")}).{Why(endpoint.PendingConfig ?? endpoint.Config)}"),
            _ when hasFailed => Result(
                HealthStatus.Degraded, $"is ready, but its last update failed.{Why(endpoint.PendingConfig ?? endpoint.Config)}"),
            _ when IsScaledToZero(endpoint) => Result(
                options.ScaledToZeroIsHealthy ? HealthStatus.Healthy : HealthStatus.Degraded,
                "is scaled to zero: the next call waits for it."),
            { IsUpdating: true } => Result(HealthStatus.Healthy, "is ready, and being updated."),
            _ => Result(HealthStatus.Healthy, "is ready."),
        };

        HealthCheckResult Result(HealthStatus status, string text) => new(status, $"Endpoint '{Word(endpointName)}' {text}", data: data);
    }

    private string Why(DiscoveredConfig? config) =>
        config?.Entities.Select(entity => entity.DeploymentMessage).FirstOrDefault(message => !string.IsNullOrEmpty(message)) is { } message
            ? $" {Sentence(message)}"
            : string.Empty;

    // Untrusted text: health reports are shown on pages and in logs, and the owner of the model writes some of these texts.
    private string Word(string? text) => SingleLineText.Of(serving.Redaction.Redact(text ?? string.Empty), LongestWord);

    private string Sentence(string text) => SingleLineText.Of(serving.Redaction.Redact(text), LongestSentence);

    private static bool IsScaledToZero(DiscoveredEndpoint endpoint) =>
        endpoint.Config?.Entities is { Count: > 0 } entities
        && entities.All(entity => entity.DeploymentMessage?.Contains(ScaledToZero, StringComparison.OrdinalIgnoreCase) is true);

    private async Task<HealthCheckResult> PingAsync(
        EndpointProfile profile, HealthCheckResult result, Dictionary<string, object> data, CancellationToken cancellationToken)
    {
        var endpoint = profile.Endpoint;
        var said = profile.IsModelService ? profile.Task.Value.Value
            : endpoint.Task ?? endpoint.Config?.Entities.Select(entity => entity.ExternalTask).FirstOrDefault();
        EndpointTask? task = string.IsNullOrWhiteSpace(said) ? null : new(said);
        var started = clock.GetTimestamp();
        if (task == EndpointTask.Embeddings)
        {
            await serving.GetEmbeddingGenerator(endpointName).GenerateAsync(["ping"], cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        else if (task == EndpointTask.Completions)
        {
            var oneToken = new DatabricksCompletionOptions { MaxOutputTokens = 1 };
            await serving.CompleteAsync(endpointName, "ping", oneToken, cancellationToken).ConfigureAwait(false);
        }
        else if (task is { } chat && (chat == EndpointTask.Chat || chat.Value.EndsWith("/chat", StringComparison.Ordinal)))
        {
            await serving.GetChatClient(endpointName)
                .GetResponseAsync("ping", new ChatOptions { MaxOutputTokens = 1 }, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            data["ping"] = $"not possible for task '{Word($"{task}")}'";
            return result;
        }

        data["ping_ms"] = clock.GetElapsedTime(started).TotalMilliseconds;
        return result;
    }
}
