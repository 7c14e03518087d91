using System.Diagnostics;
using System.Diagnostics.Metrics;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Tests.Diagnostics;

/// <summary>Fetching a token is an activity and a measurement; the token is in neither.</summary>
public class TokenTelemetryTests
{
    private readonly string _authType = $"some-way-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(true, "fetched", ActivityStatusCode.Ok)]
    [InlineData(false, "failed", ActivityStatusCode.Error)]
    public async Task A_fetch_says_how_it_went(bool succeeds, string outcome, ActivityStatusCode status)
    {
        List<string> measured = [];
        List<Activity> stopped = [];
        using var activities = Activities(stopped);
        using var meters = Meters(measured);
        var source = new TokenSource(
            _authType,
            _ => succeeds ? Task.FromResult(new DatabricksAccessToken("canary")) : throw new DatabricksCredentialException("No token."));
        var failure = await Record.ExceptionAsync(() => MeasuredFetch.RunAsync(source, TimeProvider.System, default));

        Assert.Equal(succeeds, failure is null);
        Assert.Equal([$"databricks.auth.token.duration databricks.auth_type={_authType} databricks.outcome={outcome}"], measured);
        var activity = Assert.Single(stopped);
        Assert.Equal(("databricks.token", status), (activity.OperationName, activity.Status));
        Assert.Equal([$"databricks.auth_type={_authType}"], activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Null(activity.StatusDescription);
    }

    private ActivityListener Activities(List<Activity> stopped)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Connectors.Databricks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("databricks.auth_type") is string type && type == _authType)
                {
                    stopped.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener Meters(List<string> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Meter.Name == "Connectors.Databricks")
                {
                    meters.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            if (text.Contains(_authType, StringComparison.Ordinal))
            {
                measured.Add($"{instrument.Name} {text}");
            }
        });
        listener.Start();
        return listener;
    }
}
