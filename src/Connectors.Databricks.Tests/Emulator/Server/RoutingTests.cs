using System.Net;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Server;

public class RoutingTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Say 'ok'\"}]";

    [Theory]
    [InlineData("serving-endpoints/databricks-inkling/invocations", "{" + Messages + "}")]
    [InlineData("serving-endpoints/databricks-inkling/invocations", "{\"model\":\"anything\"," + Messages + "}")]
    [InlineData("serving-endpoints/databricks-inkling/served-models/databricks-inkling/invocations", "{" + Messages + "}")]
    [InlineData("serving-endpoints/chat/completions", "{\"model\":\"databricks-inkling\"," + Messages + "}")]
    [InlineData("ai-gateway/mlflow/v1/chat/completions", "{\"model\":\"databricks-inkling\"," + Messages + "}")]
    public async Task A_model_is_reached_by_every_way_in(string path, string body)
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await wire.PostAsync(path, body);

        Assert.Equal(
            (HttpStatusCode.OK, "databricks-inkling"), (response.StatusCode, response.Headers.GetValues("served-model-name").Single()));
    }

    [Theory]
    [InlineData("serving-endpoints/databricks-gte-large-en/invocations", """{"input":"x"}""")]
    [InlineData("serving-endpoints/embeddings", """{"model":"databricks-gte-large-en","input":"x"}""")]
    [InlineData("ai-gateway/mlflow/v1/embeddings", """{"model":"databricks-gte-large-en","input":"x"}""")]
    public async Task An_embedding_model_is_reached_by_every_way_in(string path, string body)
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await wire.PostAsync(path, body);

        Assert.Equal(
            (HttpStatusCode.OK, "gte-large-en-v1_5-1"), (response.StatusCode, response.Headers.GetValues("served-model-name").Single()));
    }

    [Theory]
    [InlineData("serving-endpoints/unknown/invocations", "{" + Messages + "}", "Serving endpoint with name unknown not found")]
    [InlineData(
        "serving-endpoints/chat/completions",
        "{\"model\":\"system.ai.inkling\"," + Messages + "}",
        "Serving endpoint with name system.ai.inkling not found")]
    [InlineData(
        "ai-gateway/mlflow/v1/chat/completions",
        "{\"model\":\"system.ai.databricks-inkling\"," + Messages + "}",
        "Model service 'system.ai.databricks-inkling' does not exist.")]
    [InlineData(
        "serving-endpoints/databricks-inkling/served-models/x/invocations",
        "{" + Messages + "}",
        "Served entity with name x not found in endpoint databricks-inkling")]
    public async Task An_unknown_endpoint_answers_404_as_the_service_does(string path, string body, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await wire.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal($$"""{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"{{message}}"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST", "/serving-endpoints/a/b/c")]
    [InlineData("POST", "/ai-gateway/unknown")]
    [InlineData("GET", "/serving-endpoints/databricks-inkling/invocations")]
    [InlineData("DELETE", "/api/2.0/serving-endpoints")]
    public async Task An_unknown_path_or_method_answers_404_with_another_code(string method, string path)
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await wire.Http.SendAsync(new(new HttpMethod(method), new Uri(path, UriKind.Relative)));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(
            $$"""{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for '{{method}} {{path}}'"}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("a name with spaces")]
    [InlineData("50%25")]
    [InlineData("a/b")]
    public async Task Names_are_unescaped_exactly_once(string name)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddChatEndpoint(name, EmulatedDialect.Llama).Replies("Found.");

        Assert.Equal("Found.", await wire.TextAsync(name, "{" + Messages + "}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"messages\":")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public async Task A_body_that_is_no_object_is_malformed(string body)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync("databricks-inkling", body);

        Assert.Equal("""400 {"error_code":"MALFORMED_REQUEST","message":"Malformed request: the body is not a JSON object."}""", answer);
    }

    [Fact]
    public async Task A_body_over_four_megabytes_is_too_large()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync("databricks-inkling", new string(' ', (4 * 1024 * 1024) + 1));

        Assert.Equal(
            """413 {"error_code":"BAD_REQUEST","message":"Request size exceeds the limit of 4194304 bytes."}""", answer);
    }

    [Fact]
    public async Task A_body_that_is_too_large_can_be_a_bad_request()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.PayloadTooLargeStatus = 400);

        string answer = await wire.AskAsync("databricks-inkling", new string(' ', (4 * 1024 * 1024) + 1));

        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_agent_also_answers_where_completions_are_posted()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("support-agent").Replies("Hi.");

        using HttpResponseMessage agent = await wire.PostAsync(
            "serving-endpoints/completions", "{\"model\":\"support-agent\"," + Messages + "}");
        using HttpResponseMessage model = await wire.PostAsync(
            "serving-endpoints/completions", """{"model":"text-base","prompt":"Say 'ok'"}""");
        using HttpResponseMessage chat = await wire.PostAsync(
            "serving-endpoints/completions", """{"model":"databricks-inkling","prompt":"Hi"}""");

        Assert.Contains("\"content\":\"Hi.\"", await agent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (agent.StatusCode, model.StatusCode));
        Assert.Equal(
            """{"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"prompt\"\n"}""",
            await chat.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("ai-gateway/mlflow/v1/completions")]
    [InlineData("ai-gateway/mlflow/v1/open-responses")]
    public async Task The_gateway_has_no_path_but_its_three(string path)
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await wire.PostAsync(path, "{\"model\":\"system.ai.inkling\"," + Messages + "}");

        Assert.Equal(
            $$"""{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for 'POST /{{path}}'"}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(
        "databricks-gte-large-en",
        """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"messages\"\n"}""")]
    [InlineData(
        "churn-v1",
        """400 {"error_code":"BAD_REQUEST","message":"Invalid input. The input must be a JSON dictionary with exactly """
            + """one of the input fields {'dataframe_split', 'dataframe_records', 'instances', 'inputs'}. Received """
            + """dictionary with input fields: ['messages']."}""")]
    public async Task An_endpoint_of_another_task_takes_no_chat(string endpoint, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(expected, await wire.AskAsync(endpoint, "{" + Messages + "}"));
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_of_the_service()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.WorkspaceId = "42");

        using HttpResponseMessage response = await wire.InvokeAsync("unknown", "{}");

        string[] names = ["server", "x-request-id", "x-databricks-request-id", "x-databricks-org-id"];
        Assert.Equal(
            ["databricks", "fda2d1b3-b36c-49aa-8086-3c68a41bdf12", "fda2d1b3-b36c-49aa-8086-3c68a41bdf12", "42"],
            names.Select(name => response.Headers.GetValues(name).Single()));
    }

    [Fact]
    public async Task The_emulator_listens_on_the_loopback_alone()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal("127.0.0.1", wire.Emulator.Host.Host);
        Assert.Equal("/", wire.Emulator.Host.AbsolutePath);
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_the_known_ones()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AddsDefaultEndpoints = false);
        wire.Emulator.AddAgentEndpoint("b");
        wire.Emulator.AddClassicEndpoint("a");

        KeyNotFoundException exception = Assert.Throws<KeyNotFoundException>(() => wire.Emulator.Endpoint("c"));

        Assert.Equal("The emulator has no endpoint 'c'. It has: a, b.", exception.Message);
    }

    [Fact]
    public async Task An_endpoint_can_resemble_a_default_model()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddChatEndpointLike("mine", "databricks-claude-opus-4-8");

        string answer = await wire.AskAsync("mine", "{\"temperature\":1," + Messages + "}");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Model us.anthropic.claude-opus-4-8 does not support the temperature parameter."}
            """), answer);
    }
}
