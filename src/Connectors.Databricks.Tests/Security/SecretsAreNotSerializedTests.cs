using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Security;

/// <summary>Serializing a value that holds a secret, as request logging does, writes no secret.</summary>
public class SecretsAreNotSerializedTests
{
    private const string Canary = "canary-secret-0123456789";

    // Reflection is off in this project; apps have it on.
    private static readonly JsonSerializerOptions Reflection = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static TheoryData<string> Secrets => [.. Values.Keys];

    private static Dictionary<string, object> Values => new(StringComparer.Ordinal)
    {
        ["token"] = new DatabricksAccessToken(Canary),
        ["fixed token"] = DatabricksCredential.FromToken(Canary),
        ["token provider"] = DatabricksCredential.FromTokenProvider(_ => new(new DatabricksAccessToken(Canary))),
        ["service principal"] = new DatabricksServicePrincipalCredential(Some.Host, "some-client", Canary),
        ["its inner credential"] = new DatabricksServicePrincipalCredential(Some.Host, "some-client", Canary).Inner,
        ["authentication options"] = new DatabricksAuthenticationOptions
        {
            Token = Canary, Password = Canary, ClientSecret = Canary, AzureClientSecret = Canary,
            MetadataServiceUrl = $"http://localhost/{Canary}",
        },
        ["secret"] = EndpointSecret.FromPlaintext(Canary),
        ["OpenAI"] = new OpenAIModelConfig
        {
            ApiKey = EndpointSecret.FromPlaintext(Canary),
            EntraClientSecret = EndpointSecret.FromPlaintext(Canary),
        },
        ["Anthropic"] = new AnthropicModelConfig { ApiKey = EndpointSecret.FromPlaintext(Canary) },
        ["Cohere"] = new CohereModelConfig { ApiKey = EndpointSecret.FromPlaintext(Canary) },
        ["PaLM"] = new PaLMModelConfig { ApiKey = EndpointSecret.FromPlaintext(Canary) },
        ["AI21 Labs"] = new AI21LabsModelConfig { ApiKey = EndpointSecret.FromPlaintext(Canary) },
        ["Databricks"] = new DatabricksModelServingModelConfig { ApiToken = EndpointSecret.FromPlaintext(Canary) },
        ["Bedrock"] = new AmazonBedrockModelConfig
        {
            AccessKeyId = EndpointSecret.FromPlaintext(Canary), SecretAccessKey = EndpointSecret.FromPlaintext(Canary),
        },
        ["Vertex"] = new GoogleCloudVertexAIModelConfig { ServiceAccountKey = EndpointSecret.FromPlaintext(Canary) },
        ["custom, token"] = new CustomProviderModelConfig { BearerToken = EndpointSecret.FromPlaintext(Canary) },
        ["custom, key"] = new CustomProviderModelConfig { ApiKeyName = "k", ApiKey = EndpointSecret.FromPlaintext(Canary) },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void A_value_that_holds_a_secret_is_serialized_without_it(string name)
    {
        var value = Values[name];

        Assert.DoesNotContain("canary", JsonSerializer.Serialize(value, value.GetType(), Reflection), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("canary", JsonSerializer.Serialize<object>(new { value }, Reflection), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("canary", $"{value}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_token_is_written_as_a_mask_and_not_read()
    {
        Assert.Equal("\"***\"", JsonSerializer.Serialize(new DatabricksAccessToken(Canary), Reflection));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<DatabricksAccessToken>("\"***\"", Reflection));
    }

    /// <summary>Each kind of credential of the connector, and each document with a plaintext, is among the values above.</summary>
    [Fact]
    public void Every_type_that_holds_a_secret_is_tested()
    {
        var types = typeof(DatabricksCredential).Assembly.GetTypes().Where(type => !type.IsAbstract
            && (type.IsSubclassOf(typeof(DatabricksCredential))
                || type.GetProperties().Any(property => property.PropertyType == typeof(EndpointSecret))));

        Assert.Empty(types.Except(Values.Values.Select(value => value.GetType())));
    }
}
