using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class AuthorizationDetailsTests
{
    private const string Refused =
        """
        400 {"error":"invalid_authorization_details",
          "error_description":"The authorization_details are invalid, or not granted to this principal."}
        """;

    private const string Path = "/serving-endpoints/ID";

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[")]
    public async Task Details_are_a_list_of_objects(string details) =>
        Assert.Equal(Wire.Unwrapped(Refused), await AskAsync(details));

    [Theory]
    [InlineData("workspace_permission", "serving-endpoints", Path, """["query_inference_endpoint"]""", true)]
    [InlineData("workspace_permission", "serving-endpoints", Path, """["query_inference_endpoint","manage_inference_endpoint"]""", true)]
    [InlineData("permission", "serving-endpoints", Path, """["query_inference_endpoint"]""", false)]
    [InlineData("workspace_permission", "endpoints", Path, """["query_inference_endpoint"]""", false)]
    [InlineData("workspace_permission", "serving-endpoints", "/serving-endpoints/churn-v1", """["query_inference_endpoint"]""", false)]
    [InlineData("workspace_permission", "serving-endpoints", Path, """["delete"]""", false)]
    [InlineData("workspace_permission", "serving-endpoints", Path, "[]", false)]
    [InlineData("workspace_permission", "serving-endpoints", Path, "1", false)]
    public async Task Details_name_an_endpoint_by_its_id_and_what_to_do_with_it(
        string type, string objectType, string path, string actions, bool isGranted)
    {
        var detail = new JsonObject
        {
            ["type"] = type,
            ["object_type"] = objectType,
            ["object_path"] = path,
            ["actions"] = JsonNode.Parse(actions),
        };

        string answer = await AskAsync($"[{detail.ToJsonString()}]");

        Assert.Equal(isGranted ? "200 " : Wire.Unwrapped(Refused), answer);
    }

    [Fact]
    public async Task A_principal_without_permission_is_granted_nothing()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedServicePrincipal poor = wire.Emulator.OAuth.AddServicePrincipal("poor", "secret");
        poor.CanQuery = false;
        string details = $$"""
            [{"type":"workspace_permission","object_type":"serving-endpoints",
            "object_path":"/serving-endpoints/{{wire.Emulator.Endpoint("churn-v1").Id}}","actions":["query_inference_endpoint"]}]
            """;

        string answer = await wire.AskForTokenAsync(
            $"{TokenWire.ClientCredentials}&authorization_details={Uri.EscapeDataString(details)}", TokenWire.Basic("poor", "secret"));

        Assert.Equal(Wire.Unwrapped(Refused), answer);
    }

    /// <summary>The response to a token request with these details; for a token, only the status.</summary>
    private static async Task<string> AskAsync(string details)
    {
        await using Wire wire = await Wire.OpenAsync();
        string wanted = details.Replace("ID", wire.Emulator.Endpoint("churn-v1").OptimizesRoutes().Id, StringComparison.Ordinal);
        string answer = await wire.AskForTokenAsync(
            $"{TokenWire.ClientCredentials}&authorization_details={Uri.EscapeDataString(wanted)}",
            TokenWire.Basic(wire.Emulator.ClientId, wire.Emulator.ClientSecret));
        return answer.StartsWith("200 ", StringComparison.Ordinal) ? "200 " : answer;
    }
}
