using System.Diagnostics;
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
        using var telemetry = new RecordedTelemetry("databricks.auth_type", _authType);
        var source = new TokenSource(
            _authType,
            _ => succeeds ? Task.FromResult(new DatabricksAccessToken("canary")) : throw new DatabricksCredentialException("No token."));
        var failure = await Record.ExceptionAsync(() => TokenTelemetry.FetchAsync(source, TimeProvider.System, default));

        Assert.Equal(succeeds, failure is null);
        Assert.Equal(
            [$"databricks.auth.token.duration databricks.auth_type={_authType}, databricks.outcome={outcome}"], telemetry.Measured);
        var activity = Assert.Single(telemetry.Stopped);
        Assert.Equal(("databricks.token", status), (activity.OperationName, activity.Status));
        Assert.Equal([$"databricks.auth_type={_authType}"], activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Null(activity.StatusDescription);
    }
}
