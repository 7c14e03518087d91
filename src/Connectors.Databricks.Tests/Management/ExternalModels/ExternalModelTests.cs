using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ExternalModels;

/// <summary>The nine providers: what is sent with a reference and with a text, what is read, and that no secret shows.</summary>
public class ExternalModelTests
{
    private const string Canary = "sk-canary";

    public static TheoryData<string, string, string> Providers => new()
    {
        { "openai", "openai_config", """{"openai_api_key":?,"openai_api_type":"openai","openai_organization":"org"}""" },
        { "azure", "openai_config", """{"openai_api_key":?,"openai_api_type":"azure","openai_api_base":"https://a.example","openai_api_version":"v","openai_deployment_name":"d"}""" },
        { "azuread", "openai_config", """{"openai_api_type":"azuread","microsoft_entra_tenant_id":"t","microsoft_entra_client_id":"c","microsoft_entra_client_secret":?}""" },
        { "anthropic", "anthropic_config", """{"anthropic_api_key":?}""" },
        { "amazon-bedrock", "amazon_bedrock_config",
            """{"aws_region":"us-east-1","bedrock_provider":"anthropic","aws_access_key_id":?,"aws_secret_access_key":?}""" },
        { "cohere", "cohere_config", """{"cohere_api_key":?,"cohere_api_base":"https://c.example"}""" },
        { "google-cloud-vertex-ai", "google_cloud_vertex_ai_config", """{"project_id":"p","region":"r","private_key":?}""" },
        { "databricks-model-serving", "databricks_model_serving_config",
            """{"databricks_workspace_url":"https://d.example","databricks_api_token":?}""" },
        { "ai21labs", "ai21labs_config", """{"ai21labs_api_key":?}""" },
        { "palm", "palm_config", """{"palm_api_key":?}""" },
        { "custom", "custom_provider_config", """{"custom_provider_url":"https://x.example","bearer_token_auth":{"token":?}}""" },
        { "custom-key", "custom_provider_config",
            """{"custom_provider_url":"https://x.example","api_key_auth":{"key":"x-key","value":?}}""" },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_reference_is_sent_under_its_own_name_and_comes_back(string provider, string member, string config)
    {
        var model = Model(provider, EndpointSecret.FromScope("llm", "key"));
        var json = $$"""{"provider":"{{Name(provider)}}","name":"gpt-4o","task":"llm/v1/chat","{{member}}":{{config.Replace("?", "\"{{secrets/llm/key}}\"", StringComparison.Ordinal)}} }""";

        var service = await Sends(model, json, echo: json);

        // And what came back is sent again as it was.
        var read = await service.Client().GetManagementClient().GetAsync("gpt");
        await Sends(read.Config!.ServedEntities[0].ExternalModel!, json, json);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public Task A_text_is_sent_as_one(string provider, string member, string config)
    {
        var given = Regex.Replace(config, "\"(\\w+)\":\\?", $"\"$1_plaintext\":\"{Canary}\"");
        return Sends(
            Model(provider, EndpointSecret.FromPlaintext(Canary)),
            $$"""{"provider":"{{Name(provider)}}","name":"gpt-4o","task":"llm/v1/chat","{{member}}":{{given}} }""", echo: "{}");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void No_text_shows(string provider, string member, string config)
    {
        Assert.NotEmpty(member + config);
        var model = Model(provider, EndpointSecret.FromPlaintext(Canary));
        var definition = new EndpointDefinition("gpt") { Config = new() { ServedEntities = [ServedEntity.External(model)] } };

        Assert.DoesNotContain(Canary, $"{model} {definition} {definition.Config} {definition.Config.ServedEntities[0]}",
            StringComparison.Ordinal);
        Assert.Contains("(secret)", model.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_secret_that_is_not_told_must_be_given_again(string provider, string member, string config)
    {
        var missing = Regex.Replace(config, ",?\"\\w+\":\\?", "").Replace("{,", "{", StringComparison.Ordinal);
        var answer = $$"""{"name":"gpt","config":{"served_entities":[{"name":"gpt","external_model":{"provider":"{{Name(provider)}}","name":"gpt-4o","task":"llm/v1/chat","{{member}}":{{missing}} } }]} }""";
        var endpoints = new VerbatimService().Answers(answer).Client().GetManagementClient();
        var read = await endpoints.GetAsync("gpt");

        var exception = await Assert.ThrowsAsync<ArgumentException>(nameof(config), () => endpoints.UpdateConfigAsync("gpt", read.Config!));

        Assert.Matches(
            "^Served entity 'gpt' has no [a-z0-9_.]+\\. The service does not return plaintext secrets: set it again",
                exception.Message);
    }

    [Theory]
    [InlineData("***")]
    [InlineData("<redacted>")]
    [InlineData("")]
    public async Task A_mask_is_no_secret(string mask)
    {
        var endpoints = new VerbatimService()
            .Answers($$$"""{"name":"c","config":{"served_entities":[{"name":"c","external_model":{"provider":"anthropic","anthropic_config":{"anthropic_api_key":"{{{mask}}}","anthropic_api_key_plaintext":"{{{mask}}}"} } }]} }""")
            .Client().GetManagementClient();

        Assert.Null((await endpoints.GetAsync("c")).Config!.ServedEntities[0].ExternalModel!.Anthropic!.ApiKey);
    }

    [Fact]
    public Task A_newer_authentication_type_is_sent_unchanged()
    {
        var config = new AmazonBedrockModelConfig
        {
            AwsRegion = "us-east-1",
            AdditionalProperties = new Dictionary<string, JsonElement>
            {
                ["uc_service_credential_name"] = JsonDocument.Parse("\"bedrock\"").RootElement,
            },
        };
        return Sends(
            ExternalModel.ForAmazonBedrock("claude", EndpointTask.Chat, config),
            """{"provider":"amazon-bedrock","name":"claude","task":"llm/v1/chat","amazon_bedrock_config":{"aws_region":"us-east-1","uc_service_credential_name":"bedrock"}}""",
            echo: "{}");
    }

    [Fact]
    public void An_instance_profile_replaces_a_key() =>
        Assert.Null(new AmazonBedrockModelConfig { InstanceProfileArn = "arn:1" }.MissingSecret);

    [Fact]
    public void A_secret_is_checked()
    {
        Assert.Equal("{{secrets/a/b}}", EndpointSecret.FromScope("a", "b").ToString());
        Assert.Throws<ArgumentException>("secret", () => EndpointSecret.FromPlaintext(" "));
        Assert.Throws<ArgumentException>("key", () => EndpointSecret.FromScope("a", ""));
        Assert.Throws<ArgumentException>("name", () => ExternalModel.ForOpenAI("", EndpointTask.Chat, new()));
        Assert.Throws<ArgumentNullException>("config", () => ExternalModel.ForPaLM("p", EndpointTask.Chat, null!));
    }

    private static async Task<VerbatimService> Sends(ExternalModel model, string json, string echo)
    {
        var service = new VerbatimService().Answers("{}");
        await service.Client().GetManagementClient().UpdateConfigAsync("gpt",
            new EndpointConfig { ServedEntities = [ServedEntity.External(model) with { Name = "gpt" }] });
        var sent = JsonNode.Parse(service.Sent[0].Body)!["served_entities"]![0]!;
        Assert.Equal("gpt", sent["name"]!.GetValue<string>());
        JsonText.AssertEqual(Sorted(json), Sorted(sent["external_model"]!.ToJsonString()));
        return service.Answers($$"""{"name":"gpt","config":{"served_entities":[{"name":"gpt","external_model":{{echo}} }]} }""");
    }

    // The order of members is not what these tests are about.
    private static string Sorted(string json) => Sort(JsonNode.Parse(json)!).ToJsonString();

    private static JsonNode Sort(JsonNode node) => node is JsonObject o
        ? new JsonObject(o.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Sort(member.Value!))))
        : node.DeepClone();

    private static string Name(string provider) => provider switch
    {
        "azure" or "azuread" => "openai",
        "custom-key" => "custom",
        _ => provider,
    };

    private static ExternalModel Model(string provider, EndpointSecret secret) => provider switch
    {
        "openai" => ExternalModel.ForOpenAI("gpt-4o", EndpointTask.Chat,
            new() { ApiKey = secret, ApiType = "openai", Organization = "org" }),
        "azure" => ExternalModel.ForOpenAI(
            "gpt-4o", EndpointTask.Chat,
            new() { ApiKey = secret, ApiType = "azure", ApiBase = "https://a.example", ApiVersion = "v", DeploymentName = "d" }),
        "azuread" => ExternalModel.ForOpenAI(
            "gpt-4o", EndpointTask.Chat,
            new() { ApiType = "azuread", MicrosoftEntraTenantId = "t", MicrosoftEntraClientId = "c", EntraClientSecret = secret }),
        "anthropic" => ExternalModel.ForAnthropic("gpt-4o", EndpointTask.Chat, new() { ApiKey = secret }),
        "amazon-bedrock" => ExternalModel.ForAmazonBedrock(
            "gpt-4o", EndpointTask.Chat,
            new() { AwsRegion = "us-east-1", BedrockProvider = BedrockProvider.Anthropic, AccessKeyId = secret, SecretAccessKey = secret }),
        "cohere" => ExternalModel.ForCohere("gpt-4o", EndpointTask.Chat, new() { ApiKey = secret, ApiBase = "https://c.example" }),
        "google-cloud-vertex-ai" => ExternalModel.ForGoogleCloudVertexAI(
            "gpt-4o", EndpointTask.Chat, new() { ProjectId = "p", Region = "r", ServiceAccountKey = secret }),
        "databricks-model-serving" => ExternalModel.ForDatabricksModelServing(
            "gpt-4o", EndpointTask.Chat, new() { WorkspaceUrl = "https://d.example", ApiToken = secret }),
        "ai21labs" => ExternalModel.ForAI21Labs("gpt-4o", EndpointTask.Chat, new() { ApiKey = secret }),
        "palm" => ExternalModel.ForPaLM("gpt-4o", EndpointTask.Chat, new() { ApiKey = secret }),
        "custom" => ExternalModel.ForCustom("gpt-4o", EndpointTask.Chat, new() { Url = "https://x.example", BearerToken = secret }),
        _ => ExternalModel.ForCustom("gpt-4o", EndpointTask.Chat,
            new() { Url = "https://x.example", ApiKeyName = "x-key", ApiKey = secret }),
    };
}
