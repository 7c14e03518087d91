using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>Alone, because a token request that another test observes is measured, on another thread.</summary>
[Collection(nameof(RunsAlone))]
public class ConfiguredTokenTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("pat")]
    public async Task A_configured_token_is_returned_without_another_thread(string? authType)
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://w.cloud.databricks.com").With("DATABRICKS_TOKEN", "dapi-1");
        var credential = (authType is null ? machine : machine.With("DATABRICKS_AUTH_TYPE", authType)).Credential();

        var pending = credential.GetTokenAsync();
        var isCompleted = pending.IsCompleted;
        var token = await pending;

        Assert.Equal((true, "dapi-1", "pat"), (isCompleted, token.Value, credential.AuthType));
    }
}
