using System.Text.Json.Nodes;
using Connectors.Databricks.Management;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

/// <summary>The list, and one endpoint.</summary>
public class EndpointRouteTests
{
    [Fact]
    public async Task The_list_has_the_allowed_endpoints_in_the_order_of_their_names()
    {
        await using var app = await ServingApp.StartAsync(options =>
            options.Endpoints.UnionWith([ServingApp.Churn, "databricks-claude-sonnet-4-5", "no-such-endpoint"]));

        var (status, json) = await app.GetAsync("/serving-endpoints");

        Assert.Equal(200, status);
        var endpoints = json["endpoints"]!.AsArray();
        Assert.Equal([ServingApp.Churn, "databricks-claude-sonnet-4-5"], endpoints.Select(endpoint => (string?)endpoint!["name"]));
        var churn = endpoints[0]!.AsObject();
        churn.Remove("createdAt");
        Assert.Equal(
            """{"name":"churn-v1","state":"ready","isReady":true,"isUpdating":false,"kind":"custom","mode":"prediction"}""",
            churn.ToJsonString());
    }

    [Fact]
    public async Task The_list_has_every_endpoint_and_no_model_service_if_any_is_allowed()
    {
        await using var app = await ServingApp.StartAsync();

        var (_, json) = await app.GetAsync("/serving-endpoints");

        Assert.Equal(
            app.Emulator.Endpoints.Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal),
            json["endpoints"]!.AsArray().Select(endpoint => (string?)endpoint!["name"]));
    }

    [Fact]
    public async Task An_endpoint_has_its_served_models_and_its_signature()
    {
        await using var app = await ServingApp.StartAsync();
        var served = app.Emulator.Endpoint(ServingApp.Churn).ServedEntityName;

        var (status, json) = await app.GetAsync("/serving-endpoints/churn-v1");

        Assert.Equal(200, status);
        Assert.True(json.Remove("createdAt"));
        Assert.Equal(
            JsonNode.Parse($$$$"""
                {"name":"churn-v1","state":"ready","isReady":true,"isUpdating":false,"kind":"custom","mode":"prediction",
                 "servedEntities":[{"name":"{{{{served}}}}","model":"main.models.churn_v1","version":"1","workloadSize":"Small","scaleToZero":true,
                   "trafficPercentage":100,"deployment":"DEPLOYMENT_READY"}],
                 "signature":{"inputFormats":["dataframe_split","dataframe_records"],
                   "inputs":[{"name":"tenure","type":"number","format":"double","isRequired":true},
                     {"name":"monthly_charges","type":"number","format":"double","isRequired":true}],
                   "parameters":[{"name":"decimals","type":"integer","format":"int64"}],
                   "outputs":[{"type":"number","format":"double"}],
                   "example":{"columns":["tenure","monthly_charges"],"data":[[12,70.5],[48,20]]}}}
                """)!.ToJsonString(),
            json.ToJsonString());
    }

    [Fact]
    public async Task An_endpoint_that_is_not_ready_has_its_state_and_no_signature()
    {
        await using var app = await ServingApp.StartAsync();
        app.Emulator.Endpoint(ServingApp.Churn).FailsToDeploy("out of memory on host adb-1").BeginsToDeploy();

        var (status, json) = await app.GetAsync("/serving-endpoints/churn-v1");

        Assert.Equal((200, false), (status, (bool)json["isReady"]!));
        Assert.Null(json["signature"]);
        Assert.DoesNotContain("adb-1", json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_deployments_are_included_if_the_app_allows_it()
    {
        await using var app = await ServingApp.StartAsync(options => options.AllowAnyEndpoint = options.IncludeServiceMessages = true);
        app.Emulator.Endpoint(ServingApp.Churn).FailsToDeploy("out of memory").TakesReadsToDeploy(0).BeginsToDeploy();

        var (_, json) = await app.GetAsync("/serving-endpoints/churn-v1");

        Assert.Equal(("failed", "out of memory"), ((string?)json["state"], (string?)json["servedEntities"]![0]!["deploymentMessage"]));
    }

    [Fact]
    public async Task Secrets_hosts_and_creators_of_endpoints_are_not_returned()
    {
        await using var app = await ServingApp.StartAsync();
        app.Emulator.AddExternalEndpoint("my-gpt");

        var text = (await app.GetAsync("/serving-endpoints")).Json.ToJsonString() +
            (await app.GetAsync("/serving-endpoints/my-gpt")).Json.ToJsonString() +
            (await app.GetAsync("/serving-endpoints/churn-v1")).Json.ToJsonString();

        foreach (var secret in (string[])[app.Emulator.Host.Authority, app.Emulator.Token, "creator", "@", "openai_config", "api_key"])
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task What_looks_like_a_secret_in_tags_and_messages_is_masked()
    {
        await using var app = await ServingApp.StartAsync(options => options.AllowAnyEndpoint = options.IncludeServiceMessages = true);
        var management = app.Services.GetRequiredService<DatabricksServingClient>().GetManagementClient();
        await management.UpdateTagsAsync(
            ServingApp.Churn, [new EndpointTag("api_key", "hunter22"), new EndpointTag("note", $"see dapi{new string('0', 32)}")]);
        app.Emulator.Endpoint(ServingApp.Churn).FailsToDeploy($"bad key dapi{new string('1', 32)}").TakesReadsToDeploy(0).BeginsToDeploy();

        var (_, json) = await app.GetAsync("/serving-endpoints/churn-v1");

        Assert.Equal(
            """[{"key":"api_key","value":"***"},{"key":"note","value":"see ***"}]""", json["tags"]!.ToJsonString());
        Assert.Equal("bad key ***", (string?)json["servedEntities"]![0]!["deploymentMessage"]);
    }

    [Theory]
    [InlineData("no-such-endpoint"), InlineData("Churn-V1"), InlineData("churn-v1%20"), InlineData("..%2Fchurn-v1")]
    [InlineData("churn-v1%2F"), InlineData("%2e%2e%2f"), InlineData("system.ai.claude-sonnet-4-5"), InlineData("churn-v1%00")]
    [InlineData("churn%0d%0aX-Header:1")]
    public async Task An_endpoint_that_is_not_allowed_is_not_found(string name)
    {
        foreach (var allowsAny in (bool[])[true, false])
        {
            await using var app = await ServingApp.StartAsync(options =>
            {
                options.AllowAnyEndpoint = allowsAny;
                options.Endpoints.Add(allowsAny ? "other" : ServingApp.Churn);
            });

            using var response = await app.Http.GetAsync(new Uri($"{app.Address}serving-endpoints/{name}"));
            using var prediction = await app.SendAsync($"/serving-endpoints/{name}/predict", ServingApp.Rows);

            // A null character is rejected by the server itself.
            var status = name.Contains("%00", StringComparison.Ordinal) ? 400 : 404;
            Assert.Equal((status, status), ((int)response.StatusCode, (int)prediction.StatusCode));
            Assert.DoesNotContain(app.Emulator.Requests, request => request.Method == "POST");
        }
    }

    [Fact]
    public async Task What_is_known_of_an_endpoint_is_cached_for_a_while()
    {
        var clock = new FakeTimeProvider();
        await using var app = await ServingApp.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.PostAsync(ServingApp.Predict, ServingApp.Rows)));
        Assert.Equal((1, 1), (app.Count("GET", "/churn-v1"), app.Count("GET", "/openapi")));

        clock.Advance(TimeSpan.FromSeconds(31));
        await app.PostAsync(ServingApp.Predict, ServingApp.Rows);
        Assert.Equal((2, 2), (app.Count("GET", "/churn-v1"), app.Count("GET", "/openapi")));
    }

    [Fact]
    public async Task Nothing_is_shared_between_clients_with_credentials_of_their_own()
    {
        await using var app = await ServingApp.StartAsync(
            services: services => services.AddScoped<DatabricksServingClient>(provider => new OwnClient()));

        await app.GetAsync("/serving-endpoints/churn-v1");
        await app.GetAsync("/serving-endpoints/churn-v1");

        Assert.Equal(2, OwnClient.Reads);
    }

    [Fact]
    public async Task An_endpoint_that_becomes_ready_is_called_five_seconds_later()
    {
        var clock = new FakeTimeProvider();
        await using var app = await ServingApp.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        app.Emulator.Endpoint(ServingApp.Churn).TakesReadsToDeploy(1).BeginsToDeploy();

        var first = await app.PostAsync(ServingApp.Predict, ServingApp.Rows);
        var second = await app.PostAsync(ServingApp.Predict, ServingApp.Rows);
        clock.Advance(TimeSpan.FromSeconds(5));
        var third = await app.PostAsync(ServingApp.Predict, ServingApp.Rows);

        Assert.Equal((400, 400, 200), (first.Status, second.Status, third.Status));
        Assert.Equal(2, app.Count("GET", "/churn-v1"));
    }

    private sealed class OwnClient : DatabricksServingClient
    {
        private static int s_reads;

        public static int Reads => s_reads;

        public override EndpointDirectory Directory { get; } = new OwnDirectory();

        public override EndpointDirectory CreateDirectory(EndpointDirectoryOptions options) => Directory;

        private sealed class OwnDirectory : EndpointDirectory
        {
            public override Task<EndpointProfile> GetProfileAsync(string endpointName, CancellationToken cancellationToken = default)
            {
                Interlocked.Increment(ref s_reads);
                return Task.FromResult(DatabricksModelFactory.EndpointProfile("""{"name":"churn-v1"}"""));
            }
        }
    }
}
