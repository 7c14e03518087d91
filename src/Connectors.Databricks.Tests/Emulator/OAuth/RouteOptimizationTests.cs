using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class RouteOptimizationTests
{
    private const string Records = """{"dataframe_records":[{"tenure":1,"monthly_charges":2}]}""";

    [Fact]
    public async Task The_detail_says_where_to_query_and_what_to_ask_for()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AddsDefaultEndpoints = false);
        EmulatedEndpoint endpoint = wire.Emulator.AddClassicEndpoint("my model").OptimizesRoutes();

        string detail = await wire.Http.GetStringAsync(new Uri("api/2.0/serving-endpoints/my%20model", UriKind.Relative));

        JsonObject document = JsonNode.Parse(detail)!.AsObject();
        string url = $"http://127.0.0.1:{endpoint.EndpointUrl!.Port}/1234567890123456/serving-endpoints/my%20model/invocations";
        Assert.NotEqual(wire.Emulator.Host.Port, endpoint.EndpointUrl.Port);
        Wire.SameJson(
            $$"""
            {
              "route_optimized": true,
              "endpoint_url": "{{url}}",
              "data_plane_info": {
                "query_info": {
                  "authorization_details": {{JsonValue.Create(DetailsOf(endpoint)).ToJsonString()}},
                  "endpoint_url": "{{url}}"
                }
              }
            }
            """,
            new JsonObject
            {
                ["route_optimized"] = document["route_optimized"]!.DeepClone(),
                ["endpoint_url"] = document["endpoint_url"]!.DeepClone(),
                ["data_plane_info"] = document["data_plane_info"]!.DeepClone(),
            }.ToJsonString());
    }

    [Fact]
    public async Task A_token_for_the_data_plane_comes_from_one_of_the_workspace()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").OptimizesRoutes();
        string workspaceToken = await wire.LogInAsync();

        string answer = await wire.AskForTokenAsync(JwtBearer(workspaceToken, DetailsOf(endpoint)));

        string token = wire.Emulator.OAuth.IssuedTokens[1];
        Assert.Equal($$"""200 {"access_token":"{{token}}","scope":"all-apis","token_type":"Bearer","expires_in":3600}""", answer);
        Assert.StartsWith("""200 {"predictions":[""", await QueryAsync(wire, endpoint.EndpointUrl!, token), StringComparison.Ordinal);
        Assert.Equal("churn-v1", Assert.Single(endpoint.Requests).EndpointName);
    }

    [Fact]
    public async Task A_service_principal_gets_a_token_for_the_data_plane_at_once()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").OptimizesRoutes();

        string token = await DataPlaneTokenAsync(wire, endpoint);

        Assert.StartsWith("200 ", await QueryAsync(wire, endpoint.EndpointUrl!, token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_data_plane_takes_no_personal_token_as_bearer_or_basic()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").OptimizesRoutes();

        string bearer = await QueryAsync(wire, endpoint.EndpointUrl!, wire.Emulator.Token);
        string basic = await QueryAsync(
            wire, endpoint.EndpointUrl!, AuthenticationHeaderValue.Parse(TokenWire.Basic("token", wire.Emulator.Token)));

        Assert.Equal(
            ("""403 {"error_code":"PERMISSION_DENIED","message":"Route-optimized endpoints take OAuth tokens only."}""",
                """
                401 {"error_code":"UNAUTHENTICATED","message":"Credential was not sent or was of an unsupported type for this API."}
                """),
            (bearer, basic));
    }

    [Fact]
    public async Task A_token_opens_nothing_but_what_it_was_issued_for()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").OptimizesRoutes();
        EmulatedEndpoint other = wire.Emulator.AddClassicEndpoint("other").OptimizesRoutes();
        string dataPlaneToken = await DataPlaneTokenAsync(wire, endpoint);
        string workspaceToken = await wire.LogInAsync();

        string[] answers =
        [
            await QueryAsync(wire, endpoint.EndpointUrl!, workspaceToken),
            await QueryAsync(wire, other.EndpointUrl!, dataPlaneToken),
            await QueryAsync(wire, new Uri(wire.Emulator.Host, "serving-endpoints/databricks-inkling/invocations"), dataPlaneToken),
        ];

        Assert.All(answers, answer => Assert.Equal(
            """403 {"error_code":"PERMISSION_DENIED","message":"The authorization_details of the token do not cover this request."}""",
            answer));
    }

    [Theory]
    [InlineData(
        false,
        """400 {"error_code":"BAD_REQUEST","message":"Endpoint churn-v1 is route-optimized; it is available at its endpoint_url only."}""")]
    [InlineData(true, """200 {"predictions":[""")]
    public async Task The_workspace_answers_for_it_only_if_so_ordered(bool keeps, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("churn-v1").OptimizesRoutes(keeps);

        Assert.StartsWith(expected, await wire.AskAsync("churn-v1", Records), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "1234567890123456/serving-endpoints/databricks-inkling/invocations",
        "Serving endpoint with name databricks-inkling not found")]
    [InlineData("42/serving-endpoints/churn-v1/invocations", "Serving endpoint with name churn-v1 not found")]
    [InlineData("serving-endpoints/churn-v1/invocations", "No API found for 'POST /serving-endpoints/churn-v1/invocations'")]
    [InlineData("oidc/v1/token", "No API found for 'POST /oidc/v1/token'")]
    public async Task The_data_plane_serves_nothing_else(string path, string message)
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").OptimizesRoutes();
        string token = await DataPlaneTokenAsync(wire, endpoint);

        string answer = await QueryAsync(wire, new Uri(new Uri(endpoint.EndpointUrl!, "/"), path), token);

        Assert.Equal(("404", message), (answer[..3], JsonNode.Parse(answer[4..])!["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_token_for_the_data_plane_expires_and_is_revoked_like_any_other()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").OptimizesRoutes();
        string first = await DataPlaneTokenAsync(wire, endpoint);
        wire.Clock.Advance(TimeSpan.FromMinutes(30));
        string second = await DataPlaneTokenAsync(wire, endpoint);
        wire.Clock.Advance(TimeSpan.FromMinutes(30));

        string expired = await QueryAsync(wire, endpoint.EndpointUrl!, first);
        string good = await QueryAsync(wire, endpoint.EndpointUrl!, second);
        wire.Emulator.OAuth.RevokeTokens();
        string revoked = await QueryAsync(wire, endpoint.EndpointUrl!, second);

        Assert.Equal(("403", "200", "401"), (expired[..3], good[..3], revoked[..3]));
    }

    [Theory]
    [InlineData("pat")]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("data plane")]
    [InlineData("rejected")]
    public async Task Only_a_good_token_of_the_workspace_is_an_assertion(string kind)
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedEndpoint endpoint = wire.Emulator.Endpoint("churn-v1").OptimizesRoutes();
        string token = kind switch
        {
            "pat" => wire.Emulator.Token,
            "data plane" => await DataPlaneTokenAsync(wire, endpoint),
            _ => await wire.LogInAsync(),
        };
        if (kind == "expired")
        {
            wire.Clock.Advance(TimeSpan.FromHours(1));
        }
        else if (kind == "revoked")
        {
            wire.Emulator.OAuth.RevokeTokens();
        }
        else if (kind == "rejected")
        {
            endpoint.ExpiresTokens();
        }

        string answer = await wire.AskForTokenAsync(JwtBearer(token, DetailsOf(endpoint)));

        Assert.Equal(
            """400 {"error":"invalid_grant","error_description":"The assertion is no valid OAuth token of this workspace."}""", answer);
    }

    [Fact]
    public async Task An_assertion_without_details_is_no_request()
    {
        await using Wire wire = await Wire.OpenAsync();
        string token = await wire.LogInAsync();

        string answer = await wire.AskForTokenAsync($"grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion={token}");

        Assert.Equal("""400 {"error":"invalid_request","error_description":"The parameter authorization_details is missing."}""", answer);
    }

    private static string DetailsOf(EmulatedEndpoint endpoint) => Wire.Unwrapped($$"""
        [{"type":"workspace_permission","object_type":"serving-endpoints",
          "object_path":"/serving-endpoints/{{endpoint.Id}}","actions":["query_inference_endpoint"]}]
        """);

    private static string JwtBearer(string assertion, string details) =>
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
            + $"&authorization_details={Uri.EscapeDataString(details)}&assertion={assertion}";

    private static async Task<string> DataPlaneTokenAsync(Wire wire, EmulatedEndpoint endpoint)
    {
        string answer = await wire.AskForTokenAsync(
            $"{TokenWire.ClientCredentials}&authorization_details={Uri.EscapeDataString(DetailsOf(endpoint))}",
            TokenWire.Basic(wire.Emulator.ClientId, wire.Emulator.ClientSecret));
        return JsonNode.Parse(answer["200 ".Length..])!["access_token"]!.GetValue<string>();
    }

    private static Task<string> QueryAsync(Wire wire, Uri url, string token) =>
        QueryAsync(wire, url, new AuthenticationHeaderValue("Bearer", token));

    private static async Task<string> QueryAsync(Wire wire, Uri url, AuthenticationHeaderValue authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(Records, Encoding.UTF8, "application/json"),
            Headers = { Authorization = authorization },
        };
        using HttpResponseMessage response = await wire.Http.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
