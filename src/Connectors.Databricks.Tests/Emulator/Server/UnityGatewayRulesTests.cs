using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Server;

/// <summary>A workspace that enforces Unity Gateway, on the wire.</summary>
public class UnityGatewayRulesTests
{
    private const string Say = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Theory]
    [InlineData("serving-endpoints/databricks-inkling/invocations", "")]
    [InlineData("serving-endpoints/databricks-inkling/invocations", "\"model\":\"system.ai.inkling\",")]
    [InlineData("serving-endpoints/chat/completions", "\"model\":\"databricks-inkling\",")]
    public async Task Pay_per_token_endpoints_refer_to_the_gateway(string path, string model)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.GatewayEnforced);

        Assert.Equal(
            Wire.Unwrapped("""
            403 {"error_code":"PERMISSION_DENIED","message":"Querying pay-per-token foundation model endpoint 'databricks-inkling' is disabled
               for this workspace. Please use Unity Gateway."}
            """),
            await PostAsync(wire, path, $"{{{model}{Say}}}"));
    }

    [Fact]
    public async Task Provisioned_throughput_endpoints_refer_to_the_gateway()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.GatewayEnforced);
        wire.Emulator.AddProvisionedEndpoint("mine");

        string answer = await wire.AskAsync("mine", $"{{{Say}}}");

        Assert.StartsWith("403 ", answer, StringComparison.Ordinal);
        Assert.Contains("provisioned throughput", answer, StringComparison.Ordinal);
        Assert.Contains("Please use Unity Gateway.", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azure-gpt-4o")]
    [InlineData("research-agent")]
    public async Task External_models_and_agents_still_answer(string endpoint)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.GatewayEnforced);

        Assert.StartsWith("200 ", await wire.AskAsync(endpoint, $"{{{Say}}}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_gateway_a_legacy_name_is_not_implemented_and_a_model_service_answers()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.GatewayEnforced);
        const string Path = "ai-gateway/mlflow/v1/chat/completions";

        Assert.Equal(
            Wire.Unwrapped("""
            501 {"error_code":"NOT_IMPLEMENTED","message":"'databricks-inkling' is no longer available. Use Unity Catalog model services
               (v3)."}
            """),
            await PostAsync(wire, Path, $"{{\"model\":\"databricks-inkling\",{Say}}}"));
        Assert.StartsWith("200 ", await PostAsync(wire, Path, $"{{\"model\":\"system.ai.inkling\",{Say}}}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic)]
    [InlineData(EmulatedWorkspace.GatewayEnforced)]
    public async Task A_model_service_is_no_serving_endpoint(EmulatedWorkspace workspace)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = workspace);

        Assert.StartsWith("404 ", await wire.AskAsync("system.ai.inkling", $"{{{Say}}}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_can_be_moved_to_the_gateway()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("azure-gpt-4o").MovesToUnityGateway();

        Assert.Equal(
            """403 {"error_code":"PERMISSION_DENIED","message":"Endpoint 'azure-gpt-4o' is no longer available. Please use Unity Gateway."}""",
            await wire.AskAsync("azure-gpt-4o", $"{{{Say}}}"));
    }

    [Fact]
    public async Task A_missing_scope_has_a_number_as_its_code()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-inkling").RequiresScope("model-serving");

        Assert.Equal(
            Wire.Unwrapped("""
            403 {"error_code":403,"message":"Provided OAuth token does not have required scopes: model-serving [ReqId:
               5f3b2c1a-0000-4000-8000-000000000403]"}
            """),
            await wire.AskAsync("databricks-inkling", $"{{{Say}}}"));
    }

    [Fact]
    public async Task An_output_cap_refuses_more_and_takes_as_much()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-inkling").CapsOutputTokensAt(25_000);

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"max_tokens (32000) cannot exceed 25000."}""",
            await wire.AskAsync("databricks-inkling", $"{{\"max_tokens\":32000,{Say}}}"));
        Assert.StartsWith("200 ", await wire.AskAsync("databricks-inkling", $"{{\"max_tokens\":25000,{Say}}}"), StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(Wire wire, string path, string json)
    {
        using HttpResponseMessage response = await wire.PostAsync(path, json);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
