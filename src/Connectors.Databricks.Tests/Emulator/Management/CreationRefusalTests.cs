using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Management;

public class CreationRefusalTests
{
    [Theory]
    [InlineData("a name", "[]", null, "Endpoint name 'a name' may hold letters, digits, dashes and underscores only, 1 to 63 of them.")]
    [InlineData("x", "[]", null, "The configuration needs at least one served entity.")]
    [InlineData("x", "[{}]", null, "Each served entity needs entity_name or external_model.")]
    [InlineData("x", """[{"entity_name":"main.models.churn_v1"}]""", null, "entity_version is required for entity 'main.models.churn_v1'.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":1}]""", null, "entity_version must be a string.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1","workload_type":"QPU"}]""", null, "Workload type 'QPU' is not supported.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1","workload_size":"Small","min_provisioned_concurrency":4}]""", null,
        "workload_size cannot be used with min_provisioned_concurrency and max_provisioned_concurrency.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1","max_provisioned_concurrency":6}]""", null,
        "Provisioned concurrency must be a multiple of 4.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1","max_provisioned_throughput":1000}]""", null,
        "Provisioned throughput must be a multiple of 980.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1","name":"n"},{"entity_name":"a","entity_version":"2","name":"n"}]""", null,
        "Served entity name 'n' is used more than once.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1"},{"entity_name":"a","entity_version":"2"}]""", null,
        "traffic_config is required when there is more than one served entity.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1"}]""", """[{"served_model_name":"b","traffic_percentage":100}]""",
        "traffic_config names 'b', which is not a served entity.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1"}]""", """[{"served_model_name":"a-1","traffic_percentage":90}]""",
        "The traffic percentages must sum to 100; they sum to 90.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1"}]""", """[{"served_model_name":"a-1","traffic_percentage":99.5}]""",
        "traffic_percentage of 'a-1' must be an integer from 0 to 100.")]
    [InlineData("x", """[{"entity_name":"a","entity_version":"1"}]""", """[{"traffic_percentage":100}]""",
        "Each route needs one served_model_name or served_entity_name.")]
    [InlineData("x", """[{"external_model":{"provider":"acme","name":"m","task":"llm/v1/chat"}}]""", null,
        "External model provider 'acme' is not supported. Supported providers: ai21labs, anthropic, amazon-bedrock, cohere, custom, "
            + "databricks-model-serving, google-cloud-vertex-ai, openai, palm.")]
    [InlineData("x", """[{"external_model":{"provider":"cohere","name":"m","task":"llm/v2"}}]""", null,
        "Task 'llm/v2' is not supported for external models.")]
    [InlineData("x", """[{"external_model":{"provider":"cohere","name":"m","task":"llm/v1/chat"}}]""", null,
        "cohere_config is required for the provider 'cohere'.")]
    [InlineData("x", """[{"external_model":{"provider":"cohere","name":"m","task":"llm/v1/chat","cohere_config":{"cohere_api_base":"b"}}}]""", null,
        "cohere_config needs cohere_api_key.")]
    [InlineData("x",
        """[{"external_model":{"provider":"palm","name":"m","task":"llm/v1/chat","palm_config":{"palm_api_key":"a","palm_api_key_plaintext":"b"}}}]""",
        null, "Only one of palm_api_key and palm_api_key_plaintext can be specified.")]
    public async Task A_wrong_configuration_leaves_nothing_behind(string name, string entities, string? routes, string message)
    {
        await using Wire wire = await Wire.OpenAsync();
        string traffic = routes is null ? "" : $$""","traffic_config":{"routes":{{routes}} }""";

        string answer = await wire.ManageAsync(
            "POST", "", $$$"""{"name":"{{{name}}}","config":{"served_entities":{{{entities}}} {{{traffic}}} }}""");

        Assert.Equal(ManagementWire.Error(400, "INVALID_PARAMETER_VALUE", message), answer);
        Assert.DoesNotContain(wire.Emulator.Endpoints, endpoint => endpoint.Name == name);
    }

    [Fact]
    public async Task The_older_spelling_needs_to_know_whether_to_scale_to_zero()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Body =
            """{"name":"x","config":{"served_models":[{"model_name":"main.models.churn_v1","model_version":"1","workload_size":"Small"ZERO}]}}""";

        string without = await wire.ManageAsync("POST", "", Body.Replace("ZERO", "", StringComparison.Ordinal));
        string with = await wire.ManageAsync(
            "POST", "", Body.Replace("ZERO", ",\"scale_to_zero_enabled\":false", StringComparison.Ordinal));

        Assert.Equal(
            ManagementWire.Error(
                400, "INVALID_PARAMETER_VALUE", "scaleToZeroEnabled is undefined. Please set it to either true or false."),
            without);
        Assert.StartsWith("200 ", with, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, "400")]
    [InlineData(16, "200")]
    public async Task The_number_of_served_entities_is_limited(int limit, string expected)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Limits.MaxServedEntities = limit);
        string entities = string.Join(
            ",", Enumerable.Range(1, 16).Select(index => $$"""{"name":"e{{index}}","entity_name":"a","entity_version":"1"}"""));
        string body = $$$"""
            {"name":"x","config":{"served_entities":[{{{entities}}}],
             "traffic_config":{"routes":[{"served_entity_name":"e1","traffic_percentage":100}]} } }
            """;

        Assert.StartsWith(expected, await wire.ManageAsync("POST", "", body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task A_body_that_is_no_object_is_malformed(string body)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            ManagementWire.Error(400, "MALFORMED_REQUEST", "Malformed request: the body is not a JSON object."),
            await wire.ManageAsync("POST", "", body));
    }

    [Fact]
    public async Task A_provider_the_emulator_cannot_make_up_is_named()
    {
        await using DatabricksEmulator emulator = await DatabricksEmulator.StartAsync();

        Assert.Contains("'acme'", Assert.Throws<ArgumentException>(() => emulator.AddExternalEndpoint("x", "acme")).Message,
            StringComparison.Ordinal);
    }
}
