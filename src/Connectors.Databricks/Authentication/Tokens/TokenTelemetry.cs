using System.Diagnostics;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>Acquires a token and records its duration and outcome as an activity and a metric.</summary>
internal static class TokenTelemetry
{
    /// <summary>Whether an activity or a metric of a token request is recorded.</summary>
    public static bool IsObserved => ServingTelemetry.Activities.HasListeners() || ServingTelemetry.TokenDuration.Enabled;

    public static Task<DatabricksAccessToken> FetchAsync(TokenSource source, TimeProvider clock, CancellationToken cancellationToken) =>
        IsObserved
            ? MeasureAsync(source, clock, cancellationToken)
            : source.FetchAsync(cancellationToken);

    private static async Task<DatabricksAccessToken> MeasureAsync(
        TokenSource source, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var activity = ServingTelemetry.Activities.StartActivity("databricks.token");
        activity.SetText(ServingTelemetry.AuthTypeTag, source.AuthType, Redaction.OfNone);
        var outcome = "failed";
        try
        {
            var token = await source.FetchAsync(cancellationToken).ConfigureAwait(false);
            outcome = "fetched";
            return token;
        }
        finally
        {
            activity?.SetStatus(outcome == "failed" ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
            Measurements.Token(clock.GetElapsedTime(started), source.AuthType, outcome);
        }
    }
}
