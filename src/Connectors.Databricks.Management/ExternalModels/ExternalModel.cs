using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>
/// A model of another provider, to which the endpoint forwards requests. Create one with the method that has the name of the provider.
/// </summary>
public sealed record ExternalModel : EndpointDocument
{
    /// <summary>Gets the provider of the model.</summary>
    public ExternalModelProvider? Provider { get; init; }

    /// <summary>Gets the provider's name for the model.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the task.</summary>
    public EndpointTask? Task { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.OpenAI"/>.</summary>
    [JsonPropertyName("openai_config")]
    public OpenAIModelConfig? OpenAI { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.Anthropic"/>.</summary>
    [JsonPropertyName("anthropic_config")]
    public AnthropicModelConfig? Anthropic { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.AmazonBedrock"/>.</summary>
    [JsonPropertyName("amazon_bedrock_config")]
    public AmazonBedrockModelConfig? AmazonBedrock { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.Cohere"/>.</summary>
    [JsonPropertyName("cohere_config")]
    public CohereModelConfig? Cohere { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.GoogleCloudVertexAI"/>.</summary>
    [JsonPropertyName("google_cloud_vertex_ai_config")]
    public GoogleCloudVertexAIModelConfig? GoogleCloudVertexAI { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.DatabricksModelServing"/>.</summary>
    [JsonPropertyName("databricks_model_serving_config")]
    public DatabricksModelServingModelConfig? DatabricksModelServing { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.AI21Labs"/>.</summary>
    [JsonPropertyName("ai21labs_config")]
    public AI21LabsModelConfig? AI21Labs { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.PaLM"/>.</summary>
    [JsonPropertyName("palm_config")]
    public PaLMModelConfig? PaLM { get; init; }

    /// <summary>Gets the configuration for <see cref="ExternalModelProvider.Custom"/>.</summary>
    [JsonPropertyName("custom_provider_config")]
    public CustomProviderModelConfig? Custom { get; init; }

    internal IEnumerable<ExternalModelConfig> Configs =>
        new ExternalModelConfig?[]
        {
            OpenAI, Anthropic, AmazonBedrock, Cohere, GoogleCloudVertexAI, DatabricksModelServing, AI21Labs, PaLM, Custom,
        }.OfType<ExternalModelConfig>();

    /// <summary>Creates a model of OpenAI or Azure OpenAI.</summary>
    /// <param name="name">The provider's name for the model, such as <c>gpt-4o</c>.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForOpenAI(string name, EndpointTask task, OpenAIModelConfig config) =>
        New(ExternalModelProvider.OpenAI, name, task, config) with { OpenAI = config };

    /// <summary>Creates a model of Anthropic.</summary>
    /// <param name="name">The provider's name for the model.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForAnthropic(string name, EndpointTask task, AnthropicModelConfig config) =>
        New(ExternalModelProvider.Anthropic, name, task, config) with { Anthropic = config };

    /// <summary>Creates a model of Amazon Bedrock.</summary>
    /// <param name="name">The provider's name for the model.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForAmazonBedrock(string name, EndpointTask task, AmazonBedrockModelConfig config) =>
        New(ExternalModelProvider.AmazonBedrock, name, task, config) with { AmazonBedrock = config };

    /// <summary>Creates a model of Cohere.</summary>
    /// <param name="name">The provider's name for the model.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForCohere(string name, EndpointTask task, CohereModelConfig config) =>
        New(ExternalModelProvider.Cohere, name, task, config) with { Cohere = config };

    /// <summary>Creates a model of Google Cloud Vertex AI.</summary>
    /// <param name="name">The provider's name for the model.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForGoogleCloudVertexAI(string name, EndpointTask task, GoogleCloudVertexAIModelConfig config) =>
        New(ExternalModelProvider.GoogleCloudVertexAI, name, task, config) with { GoogleCloudVertexAI = config };

    /// <summary>Creates a model that is an endpoint of another Databricks workspace.</summary>
    /// <param name="name">The name of that endpoint.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForDatabricksModelServing(string name, EndpointTask task, DatabricksModelServingModelConfig config) =>
        New(ExternalModelProvider.DatabricksModelServing, name, task, config) with { DatabricksModelServing = config };

    /// <summary>Creates a model of AI21 Labs.</summary>
    /// <param name="name">The provider's name for the model.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForAI21Labs(string name, EndpointTask task, AI21LabsModelConfig config) =>
        New(ExternalModelProvider.AI21Labs, name, task, config) with { AI21Labs = config };

    /// <summary>Creates a model of Google PaLM.</summary>
    /// <param name="name">The provider's name for the model.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForPaLM(string name, EndpointTask task, PaLMModelConfig config) =>
        New(ExternalModelProvider.PaLM, name, task, config) with { PaLM = config };

    /// <summary>Creates a model of a service that implements the OpenAI API.</summary>
    /// <param name="name">The provider's name for the model.</param>
    /// <param name="task">The task of the model.</param>
    /// <param name="config">The URL and the authentication.</param>
    /// <returns>The model.</returns>
    public static ExternalModel ForCustom(string name, EndpointTask task, CustomProviderModelConfig config) =>
        New(ExternalModelProvider.Custom, name, task, config) with { Custom = config };

    private static ExternalModel New(ExternalModelProvider provider, string name, EndpointTask task, ExternalModelConfig config)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(config);
        return new ExternalModel { Provider = provider, Name = name, Task = task };
    }
}
