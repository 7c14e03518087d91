using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Endpoints.Waiting;

/// <summary>Looks at an endpoint until it is ready, has failed, or has had its time.</summary>
/// <param name="get">Looks.</param>
/// <param name="clock">Measures, and waits between looks.</param>
/// <param name="random">Gives numbers from 0 to 1, for the jitter.</param>
/// <param name="redaction">Removes secrets from what the service says of its deployments.</param>
internal sealed class EndpointWaiter(Func<string, CancellationToken, Task<ServingEndpoint>> get, TimeProvider clock, Func<double> random, Redaction redaction)
{
    /// <summary>
    /// One minute: whoever has just created or started an endpoint may look before the service has begun, and a stopped endpoint looks
    /// just the same.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Five failed looks in a row, each with the transport's own retries: by then it is no hiccup.</summary>
    private const int MaxFailures = 5;

    // The jitter of Databricks' own SDKs.
    private static readonly TimeSpan LeastJitter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostJitter = TimeSpan.FromMilliseconds(750);

    public async Task<ServingEndpoint> WaitAsync(string name, EndpointWaitOptions options, CancellationToken cancellationToken)
    {
        var begin = clock.GetTimestamp();
        TimeSpan? idleSince = null;
        ServingEndpoint? last = null;
        var failures = 0;
        for (var looks = 1; ; looks++)
        {
            ServingEndpoint? endpoint = null;
            DatabricksServingException? failure = null;
            try
            {
                endpoint = await get(name, cancellationToken).ConfigureAwait(false);
                failures = 0;
            }
            catch (DatabricksServingException exception) when (exception.IsTransient && last is not null && ++failures < MaxFailures)
            {
                failure = exception;
            }

            last = endpoint ?? last;
            var elapsed = clock.GetElapsedTime(begin);
            options.Progress?.Report(new EndpointWaitProgress(name, endpoint, elapsed, looks, failure));
            switch (endpoint is null ? EndpointVerdict.Underway : EndpointJudgement.Of(endpoint))
            {
                case EndpointVerdict.Ready:
                    return endpoint!;
                case EndpointVerdict.Failed:
                    throw Failed(name, EndpointJudgement.Blame(endpoint!));
                case EndpointVerdict.Idle when elapsed - (idleSince ??= elapsed) >= Patience:
                    throw Failed(
                        name,
                        $"it is not ready, and nothing has been under way for {Patience} ({endpoint!.State}). It may be stopped: " +
                        "Endpoints.StartAsync starts it, and UpdateConfigAsync deploys it anew.");
                case EndpointVerdict.Underway:
                    idleSince = null;
                    break;
            }

            await PauseAsync(name, looks, elapsed, last, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(
        string name, int looks, TimeSpan elapsed, ServingEndpoint? last, EndpointWaitOptions options, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromTicks((long)Math.Min((double)options.PollInterval.Ticks * looks, options.MaxPollInterval.Ticks));
        pause += LeastJitter + ((MostJitter - LeastJitter) * random());
        if (options.Timeout != Timeout.InfiniteTimeSpan && elapsed + pause > options.Timeout)
        {
            // The last look is at the deadline itself, and none comes after it.
            pause = options.Timeout - elapsed;
            if (pause <= TimeSpan.Zero)
            {
                throw TimedOut(name, last, options.Timeout);
            }
        }

        await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
    }

    private DatabricksServingException Failed(string name, string why) =>
        new(redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.Other,
            Message = $"Waiting for endpoint '{name}' failed: {why}",
            EndpointName = name,
        });

    private DatabricksServingException TimedOut(string name, ServingEndpoint? last, TimeSpan limit)
    {
        var state = last is null ? "unknown" : new EndpointWaitProgress(name, last, limit, 0, null).ToString();
        return new DatabricksServingException(redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.Timeout,
            Message =
                $"Waiting for endpoint '{name}' failed: it was not ready within {limit}. The last look: {state}. Wait on, for it goes on by " +
                $"itself, or raise {nameof(EndpointWaitOptions)}.{nameof(EndpointWaitOptions.Timeout)}.",
            Inner = new TimeoutException($"The wait took longer than {limit}."),
            EndpointName = name,
            IsTransient = true,
        });
    }
}
