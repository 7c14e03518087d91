namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

public class CredentialQueryTests
{
    private static readonly string[] Routes =
    [
        "", "/public/model_hub", "/public/databricks/serving_endpoints", "/data/endpoints", "/data/endpoint", "/data/signature",
        "/data/metrics",
    ];

    public static TheoryData<string> Names =>
    [
        "api_key", "API-KEY", "apikey", "x-api-key", "databricks_api_key", "api_base", "base_url", "client_id", "client_secret", "token",
        "access_token", "refresh_token", "password", "pat", "key", "authorization", "bearer", "secret", "host", "workspace_url",
    ];

    [Theory, MemberData(nameof(Names))]
    public async Task A_credential_in_the_query_is_refused_and_not_repeated(string name)
    {
        var directory = new ScriptedDirectory().Lists();
        await using var app = await ModelHubApp.StartAsync(directory);
        foreach (var route in Routes)
        {
            var (status, problem) = await app.GetAsync($"/models{route}?name=a&{Uri.EscapeDataString(name)}=dapi-1234");

            Assert.Equal(400, status);
            Assert.DoesNotContain("1234", problem.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, directory.Reads);
    }

    [Theory]
    [InlineData("q")]
    [InlineData("capability")]
    [InlineData("kind")]
    [InlineData("state")]
    [InlineData("creator")]
    [InlineData("sort")]
    [InlineData("provider")]
    [InlineData("_")]
    public async Task Other_parameters_are_not(string name)
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists());

        Assert.NotEmpty(await app.TextAsync($"/models?{name}=a"));
    }
}
