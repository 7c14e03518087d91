using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class AzureTests
{
    private const string Hello = """{"messages":[{"role":"user","content":"Hi"}]}""";

    [Theory]
    [InlineData("aad/auth", "https://login.microsoftonline.com/my-tenant/oauth2/authorize")]
    [InlineData("oidc/oauth2/v2.0/authorize?x=1", "https://login.microsoftonline.com/my-tenant/oauth2/v2.0/authorize")]
    public async Task An_Azure_workspace_sends_browsers_to_its_tenant(string path, string address)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AzureTenantId = "my-tenant");

        using HttpResponseMessage response = await GetAsync(wire, path);

        Assert.Equal(
            (302, new Uri($"{address}?client_id=2ff814a6-3304-4ab8-85cb-cd0e6f879c1d&response_type=code"), ""),
            ((int)response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("aad/auth")]
    [InlineData("oidc/oauth2/v2.0/authorize")]
    public async Task Another_workspace_has_no_tenant(string path)
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await GetAsync(wire, path);

        Assert.Equal(
            (404, $$"""{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for 'GET /{{path}}'"}"""),
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task The_host_metadata_name_the_cloud()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AzureTenantId = "my-tenant");

        string metadata = await wire.Http.GetStringAsync(new Uri(".well-known/databricks-config", UriKind.Relative));

        Assert.Equal("Azure", JsonNode.Parse(metadata)!["cloud"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_token_is_refused_in_its_last_half_minute()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AzureTenantId = "my-tenant");
        await wire.LogInAsync();

        wire.Clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(30.1));
        string before = await wire.AskAsync("databricks-inkling", Hello);
        wire.Clock.Advance(TimeSpan.FromSeconds(0.1));
        string after = await wire.AskAsync("databricks-inkling", Hello);

        Assert.StartsWith("200 ", before, StringComparison.Ordinal);
        Assert.StartsWith("403 ", after, StringComparison.Ordinal);
    }

    /// <summary>Sends no token and follows no redirect to Entra.</summary>
    private static async Task<HttpResponseMessage> GetAsync(Wire wire, string path)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = wire.Emulator.Host };
        return await http.GetAsync(new Uri(path, UriKind.Relative));
    }
}
