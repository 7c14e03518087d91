using Connectors.Databricks.Management.ModelServices;

namespace Connectors.Databricks.Management;

/// <summary>A destination of a model service.</summary>
/// <remarks>
/// The registered model behind a system service may have another name than the service. Copy the destination of the service
/// (<see cref="ModelService.Destinations"/>) instead of deriving one name from the other.
/// </remarks>
public sealed record ModelServiceDestination : EndpointDocument
{
    /// <summary>Gets the name of the destination, which rollouts use.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the type, which determines which of the configurations is set.</summary>
    public ModelServiceDestinationType DestinationType { get; init; }

    /// <summary>Gets the percentage of the requests; a single destination receives all, and fallbacks have none.</summary>
    public int? TrafficPercentage { get; init; }

    /// <summary>Gets the model of a destination that is billed per token.</summary>
    public PayPerTokenDestination? PayPerTokenConfig { get; init; }

    /// <summary>Gets the endpoint of a destination with provisioned throughput.</summary>
    public ProvisionedThroughputDestination? ProvisionedThroughputConfig { get; init; }

    /// <summary>Gets the provider and the model of an external destination.</summary>
    public ExternalDestination? ExternalModelConfig { get; init; }

    /// <summary>
    /// Gets a value indicating whether what the destination refers to was deleted: requests to it fail. Set by the service; never sent.
    /// </summary>
    public bool? IsDeleted { get; init; }

    /// <summary>Creates a destination that is billed per token.</summary>
    /// <param name="name">The name of the destination.</param>
    /// <param name="model">
    /// The registered model, such as <c>models/system.ai.databricks-claude-sonnet-4-5</c>; <c>models/</c> may be left out.
    /// </param>
    /// <param name="percentage">The percentage of the requests; <see langword="null"/> for a single destination and for fallbacks.</param>
    /// <returns>The destination.</returns>
    public static ModelServiceDestination ToModel(string name, string model, int? percentage = null) =>
        New(name, ModelServiceDestinationType.PayPerToken, percentage) with
        {
            PayPerTokenConfig = new PayPerTokenDestination { Model = ModelServiceNames.WithPrefix("models/", model, nameof(model)) },
        };

    /// <summary>Creates a destination with provisioned throughput.</summary>
    /// <param name="name">The name of the destination.</param>
    /// <param name="endpointName">The name of the serving endpoint.</param>
    /// <param name="percentage">The percentage of the requests; <see langword="null"/> for a single destination and for fallbacks.</param>
    /// <returns>The destination.</returns>
    public static ModelServiceDestination ToEndpoint(string name, string endpointName, int? percentage = null) =>
        New(name, ModelServiceDestinationType.ProvisionedThroughput, percentage) with
        {
            ProvisionedThroughputConfig = new ProvisionedThroughputDestination
            {
                ModelServingEndpoint = ModelServiceNames.WithPrefix("serving-endpoints/", endpointName, nameof(endpointName)),
            },
        };

    /// <summary>Creates a destination at another provider.</summary>
    /// <param name="name">The name of the destination.</param>
    /// <param name="providerService">
    /// The model provider service, such as <c>main.ai.openai</c>, with or without <c>model-provider-services/</c>.
    /// </param>
    /// <param name="model">The model, as the provider names it.</param>
    /// <param name="apiTypes">The APIs of the model, such as <c>openai/v1/chat/completions</c>.</param>
    /// <param name="percentage">The percentage of the requests; <see langword="null"/> for a single destination and for fallbacks.</param>
    /// <returns>The destination.</returns>
    public static ModelServiceDestination ToProvider(
        string name, string providerService, string model, IEnumerable<string> apiTypes, int? percentage = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(apiTypes);
        return New(name, ModelServiceDestinationType.External, percentage) with
        {
            ExternalModelConfig = new ExternalDestination
            {
                ModelProviderService =
                    ModelServiceNames.WithPrefix("model-provider-services/", providerService, nameof(providerService)),
                Target = new ExternalTarget { Model = model, NativeApiTypes = [.. apiTypes] },
            },
        };
    }

    /// <summary>Returns name and percentage.</summary>
    /// <returns>Text for a log: <c>champion 90 %</c>.</returns>
    public override string ToString() => TrafficPercentage is { } percentage ? $"{Name} {percentage} %" : Name ?? string.Empty;

    private static ModelServiceDestination New(string name, ModelServiceDestinationType type, int? percentage)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new ModelServiceDestination { Name = name, DestinationType = type, TrafficPercentage = percentage };
    }
}
