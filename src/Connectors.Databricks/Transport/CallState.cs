using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Resilience;
using Polly;

namespace Connectors.Databricks.Transport;

/// <summary>
/// What the attempts of one call share; every resilience strategy finds it in the context. It owns the response and its lease until they
/// are handed out.
/// </summary>
internal sealed class CallState(
    ServingCall call,
    AttemptSender sender,
    EndpointPipeline endpoint,
    DatabricksServingOptions options,
    CancellationToken callerToken) : IDisposable
{
    private static readonly ResiliencePropertyKey<CallState> Key = new("Connectors.Databricks.Call");

    private IDisposable? _lease;

    public ServingCall Call => call;

    public AttemptSender Sender => sender;

    /// <summary>The pipeline of the endpoint.</summary>
    public EndpointPipeline Endpoint => endpoint;

    public DatabricksServingOptions Options => options;

    /// <summary>The caller's own token, which distinguishes their cancellation from a timeout.</summary>
    public CancellationToken CallerToken => callerToken;

    /// <summary>When the call began; 0 when no listener measures it.</summary>
    public long StartedAt { get; } = ServingTelemetry.FirstEvent.Enabled ? options.TimeProvider.GetTimestamp() : 0;

    public int Attempts { get; set; }

    public bool HasRefreshedToken { get; set; }

    /// <summary>Whether the attempt waits for a token, and not for the endpoint.</summary>
    public bool IsAcquiringToken { get; set; }

    /// <summary>Whether the attempt is the trial of a half-open circuit.</summary>
    public bool IsTrial { get; private set; }

    /// <summary>What the last response reported; null for a success.</summary>
    public DatabricksServingException? Failure { get; set; }

    /// <summary>The last successful response.</summary>
    public ServingReply? Reply { get; set; }

    /// <summary>Resets what belongs to one attempt.</summary>
    public void BeginAttempt()
    {
        Failure = null;
        IsAcquiringToken = true;
        IsTrial = endpoint.IsHalfOpen;
    }

    public static CallState Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    public void AddTo(ResilienceContext context) => context.Properties.Set(Key, this);

    /// <summary>The failure of an outcome in the connector's terms; null for a success and for what other strategies throw.</summary>
    public DatabricksServingException? FailureOf(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is { } exception ? exception as DatabricksServingException : Failure;

    /// <summary>Keeps the lease of a successful attempt until the response has been read.</summary>
    public void HoldLease(IDisposable lease) => _lease = lease;

    /// <summary>Hands out the response, which releases the lease when it is disposed.</summary>
    public ServingReply TakeReply()
    {
        var reply = Reply!;
        (reply.Lease, Reply) = (TakeLease(), null);
        return reply;
    }

    public void Dispose()
    {
        Reply?.Dispose();
        TakeLease()?.Dispose();
    }

    public IDisposable? TakeLease() => Interlocked.Exchange(ref _lease, null);
}
