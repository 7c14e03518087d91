using System.Net;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Management.Waiting;

/// <summary>Polls an endpoint until it is ready, has failed, or the timeout has elapsed.</summary>
/// <param name="get">Gets the endpoint.</param>
/// <param name="clock">Measures time, and delays polls.</param>
/// <param name="random">Returns numbers from 0 to 1, for jitter.</param>
/// <param name="redaction">Removes secrets from deployment messages of the service.</param>
internal sealed class EndpointWaiter(Func<string, CancellationToken, Task<ServingEndpoint>> get, TimeProvider clock, Func<double> random,
    Redaction redaction)
{
    /// <summary>
    /// One minute: right after a create or a start, the service may not have begun, and a stopped endpoint has the same state.
    /// </summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Five failed polls in a row, each with the retries of the transport: not a transient failure.</summary>
    private const int MaxFailures = 5;

    // The jitter of Databricks' own SDKs.
    private static readonly TimeSpan LeastJitter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostJitter = TimeSpan.FromMilliseconds(750);

    /// <param name="name">The endpoint.</param>
    /// <param name="options">How long and how often.</param>
    /// <param name="known">The response to the request that created or updated it; null if there was none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<ServingEndpoint> WaitAsync(
        string name, EndpointWaitOptions options, ServingEndpoint? known, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        TimeSpan? idleSince = null;
        var last = known;
        var failures = 0;
        for (var polls = 1; ; polls++)
        {
            ServingEndpoint? endpoint = null;
            DatabricksServingException? failure = null;
            try
            {
                endpoint = await get(name, cancellationToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (DatabricksServingException exception) when (MayPass(exception, last, known) && ++failures < MaxFailures)
            {
                failure = exception;
            }

            last = endpoint ?? last;
            var elapsed = clock.GetElapsedTime(begin);
            options.Progress?.Report(Progress(name, endpoint, elapsed, polls, failure));
            if (endpoint?.AdditionalProperties.ContainsKey("state") is true)
            {
                throw Failed(name, $"its state cannot be read ({string.Join(", ", endpoint.Unreadable)}).");
            }

            switch (Evaluate(endpoint, known))
            {
                case ReadinessResult.Ready:
                    return endpoint!;
                case ReadinessResult.Failed:
                    throw Failed(name, FailureDescription.Of(endpoint!));
                case ReadinessResult.Idle when IsStale(endpoint!, known) && elapsed - (idleSince ??= elapsed) >= IdleTimeout:
                    throw Failed(
                        name,
                        $"it still serves configuration {endpoint!.Config?.ConfigVersion}, although the update to configuration " +
                        $"{VersionOf(known)} was accepted {IdleTimeout} ago. Get the endpoint before you update it again.");
                case ReadinessResult.Idle when elapsed - (idleSince ??= elapsed) >= IdleTimeout:
                    throw Failed(
                        name,
                        $"it is not ready, and nothing has been under way for {IdleTimeout} ({endpoint!.State}). It may be stopped: " +
                        "StartAsync starts it, and UpdateConfigAsync deploys it again.");
                case ReadinessResult.InProgress:
                    idleSince = null;
                    break;
            }

            await PauseAsync(name, polls, elapsed, last, options, cancellationToken).ConfigureAwait(false);
        }
    }

    // A request that was accepted may not be visible yet: an endpoint may be missing, or have its previous configuration.
    private static bool MayPass(DatabricksServingException exception, ServingEndpoint? last, ServingEndpoint? known) =>
        last is not null && (exception.IsTransient || (known is not null && exception.StatusCode == HttpStatusCode.NotFound));

    private static ReadinessResult Evaluate(ServingEndpoint? endpoint, ServingEndpoint? known)
    {
        var result = endpoint is null ? ReadinessResult.InProgress : EndpointReadinessReader.Evaluate(endpoint);
        return result is ReadinessResult.Ready or ReadinessResult.Failed && IsStale(endpoint!, known) ? ReadinessResult.Idle : result;
    }

    private static bool IsStale(ServingEndpoint endpoint, ServingEndpoint? known) =>
        VersionOf(known) is { } accepted && VersionOf(endpoint) < accepted;

    private static long? VersionOf(ServingEndpoint? endpoint) =>
        endpoint is null ? null
        : endpoint.PendingConfig?.ConfigVersion ?? Unread(endpoint, "pending_config")
        ?? endpoint.Config?.ConfigVersion ?? Unread(endpoint, "config");

    // The version of a configuration that cannot be read otherwise.
    private static long? Unread(ServingEndpoint endpoint, string member) =>
        endpoint.AdditionalProperties.TryGetValue(member, out var config) && config.ValueKind == JsonValueKind.Object
        && config.TryGetProperty("config_version", out var version) && version.ValueKind == JsonValueKind.Number
        && version.TryGetInt64(out var number)
            ? number
            : null;

    private async Task PauseAsync(
        string name, int polls, TimeSpan elapsed, ServingEndpoint? last, EndpointWaitOptions options, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromTicks((long)Math.Min((double)options.PollInterval.Ticks * polls, options.MaxPollInterval.Ticks));
        pause += LeastJitter + ((MostJitter - LeastJitter) * random());
        if (options.Timeout != Timeout.InfiniteTimeSpan && elapsed + pause > options.Timeout)
        {
            // The last poll is at the deadline itself.
            pause = options.Timeout - elapsed;
            if (pause <= TimeSpan.Zero)
            {
                throw TimedOut(name, last, options.Timeout);
            }
        }

        await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
    }

    private static EndpointWaitProgress Progress(
        string name, ServingEndpoint? endpoint, TimeSpan elapsed, int polls, DatabricksServingException? failure) =>
        new() { EndpointName = name, Endpoint = endpoint, Elapsed = elapsed, PollCount = polls, Failure = failure };

    private DatabricksServingException Failed(string name, string why) =>
        new(redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.Other,
            Message = $"Waiting for endpoint '{name}' failed: {why}",
            EndpointName = name,
        });

    private DatabricksServingException TimedOut(string name, ServingEndpoint? last, TimeSpan limit)
    {
        var state = last is null ? "unknown" : Progress(name, last, limit, 0, null).ToString();
        return new DatabricksServingException(redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.Timeout,
            Message =
                $"Waiting for endpoint '{name}' failed: it was not ready within {limit}. The last state: {state}. Wait again, because " +
                $"the deployment continues, or raise {nameof(EndpointWaitOptions)}.{nameof(EndpointWaitOptions.Timeout)}.",
            Inner = new TimeoutException($"The wait took longer than {limit}."),
            EndpointName = name,
            IsTransient = true,
        });
    }
}
