using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;
using Connectors.Databricks.Discovery.Tools;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Discovery.Tools;

/// <summary>Results stay as short as they may be, and what a model does wrong is told to it.</summary>
public sealed class ToolBoundsTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData("get_serving_endpoint", "churn-ab")]
    [InlineData("get_endpoint_schema", "churn-ab")]
    public async Task A_long_result_is_cut_with_a_note(string tool, string endpointName)
    {
        var whole = await Call(tool, endpointName, maxLength: 8_000);
        var most = whole.GetRawText().Length - 1;

        var cut = await Call(tool, endpointName, most);

        Assert.InRange(cut.GetRawText().Length, 1, most);
        Assert.StartsWith("Cut: ", cut.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.False(whole.TryGetProperty("note", out _));
    }

    [Fact]
    public void Lists_and_texts_are_cut_as_far_as_is_needed()
    {
        var columns = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"column_{i:D4}: double\""));
        using var result = JsonDocument.Parse($$"""{"name":"m","inputs":[{{columns}}],"text":"{{new string('x', 5_000)}}"}""");

        var cut = CappedJson.Fit(result.RootElement, maxLength: 2_000);

        Assert.InRange(cut.GetRawText().Length, 900, 2_000);
        Assert.Equal(("m", 30, 201),
            (cut.GetProperty("name").GetString(), cut.GetProperty("inputs").GetArrayLength(), cut.GetProperty("text").GetString()!.Length));
        Assert.Equal("Cut: at most 30 items per list, 30 members per object, 200 characters per text.",
            cut.GetProperty("note").GetString());
    }

    [Theory]
    [InlineData("get_serving_endpoint", ".")]
    [InlineData("get_endpoint_schema", "..")]
    [InlineData("get_endpoint_metrics", "..")]
    public async Task A_name_that_is_none_is_told_in_the_result(string tool, string endpointName) =>
        Assert.Contains("is not an endpoint name", (await Call(tool, endpointName, 8_000)).GetProperty("error").GetString(),
            StringComparison.Ordinal);

    private async Task<JsonElement> Call(string tool, string endpointName, int maxLength)
    {
        var serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
        var tools = serving.Directory.CreateTools(new EndpointToolOptions { MaxResultLength = maxLength })
            .Concat(serving.GetManagementClient().CreateTools());
        return (JsonElement)(await tools.Single(candidate =>
            candidate.Name == tool).InvokeAsync(new AIFunctionArguments { ["name"] = endpointName }))!;
    }
}
