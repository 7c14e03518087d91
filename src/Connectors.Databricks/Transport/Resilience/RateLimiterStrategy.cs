using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.RateLimiting;
using Polly.Telemetry;

namespace Connectors.Databricks.Transport.Resilience;

/// <summary>
/// Polly's rate limiter strategy with one difference: the lease of a successful attempt is handed to its response, and released when the
/// body or the stream has been read or disposed. Polly's own releases it when the headers arrive.
/// </summary>
internal sealed class RateLimiterStrategy(
    HttpRateLimiterStrategyOptions? options,
    AdaptiveConcurrencyLimiter? limiter,
    EndpointCircuitBreaker? circuitBreaker,
    ResilienceStrategyTelemetry telemetry,
    TimeProvider timeProvider,
    ILogger logger) : ResilienceStrategy<HttpResponseMessage>
{
    [UnconditionalSuppressMessage(
        "Trimming", "IL2026", Justification = "The validated options have no member but Name, which has no attributes.")]
    public static void AddTo(
        ResiliencePipelineBuilder<HttpResponseMessage> builder, string? name,
        Func<ResilienceStrategyTelemetry, RateLimiterStrategy> create) =>
        builder.AddStrategy(context => create(context.Telemetry), new NamedStrategy { Name = name ?? "RateLimiter" });

    // Every call under a limiter takes this method; the pipeline awaits it once.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        // The circuit breaker below rejects the attempt, which must not queue for that.
        if (circuitBreaker?.IsOpen == true)
        {
            return await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        }

        var call = CallState.Of(context);
        var pending = options?.RateLimiter is null && !ServingTelemetry.QueueWait.Enabled
            ? limiter!.AcquireAsync(context.CancellationToken)
            : AcquireAsync(call, context);
        var lease = await pending.ConfigureAwait(context.ContinueOnCapturedContext);
        if (!lease.IsAcquired)
        {
            return await RejectAsync(lease, context).ConfigureAwait(context.ContinueOnCapturedContext);
        }

        // A lease that was admitted while its call was canceled.
        var outcome = context.CancellationToken.IsCancellationRequested
            ? Outcome.FromException<HttpResponseMessage>(new OperationCanceledException(context.CancellationToken))
            : await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        if (outcome.Result is { IsSuccessStatusCode: true })
        {
            call.HoldLease(lease);
            return outcome;
        }

        if (outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests } && (lease as Lease)?.ReportThrottled() is { } limit)
        {
            TransportLog.LimitReduced(logger, call.Call, limit);
        }

        lease.Dispose();
        return outcome;
    }

    private async ValueTask<RateLimitLease> AcquireAsync(CallState call, ResilienceContext context)
    {
        var started = ServingTelemetry.QueueWait.Enabled ? timeProvider.GetTimestamp() : 0;
        var lease = options?.RateLimiter is { } custom
            ? await custom(new RateLimiterArguments(context)).ConfigureAwait(context.ContinueOnCapturedContext)
            : await limiter!.AcquireAsync(context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
        if (started != 0)
        {
            Measurements.Duration(ServingTelemetry.QueueWait, timeProvider.GetElapsedTime(started), call.Call.Target);
        }

        return lease;
    }

    private async ValueTask<Outcome<HttpResponseMessage>> RejectAsync(RateLimitLease lease, ResilienceContext context)
    {
        using (lease)
        {
            var arguments = new OnRateLimiterRejectedArguments(context, lease);
            telemetry.Report(new(ResilienceEventSeverity.Error, "OnRateLimiterRejected"), context, arguments);
            if (options?.OnRejected is { } onRejected)
            {
                await onRejected(arguments).ConfigureAwait(context.ContinueOnCapturedContext);
            }

            var rejection = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter)
                ? new RateLimiterRejectedException(retryAfter)
                : new RateLimiterRejectedException();
            telemetry.SetTelemetrySource(rejection);
            return Outcome.FromException<HttpResponseMessage>(rejection);
        }
    }

    private sealed class NamedStrategy : ResilienceStrategyOptions;
}
