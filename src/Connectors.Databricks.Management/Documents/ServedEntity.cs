using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// A model behind an endpoint: a version of a registered model, an external model, or a feature spec. Make one with
/// <see cref="Model"/> or <see cref="External"/> and set what else matters: <c>ServedEntity.Model("main.ml.churn", "7") with { … }</c>.
/// </summary>
public sealed record ServedEntity : EndpointDocument
{
    private readonly EquatableMap _environmentVariables;

    /// <summary>The name within the endpoint, which traffic and logs go by.</summary>
    /// <value>
    /// Default: the service takes the last part of the entity's name, a dash and the version, or the external model's name with dashes for
    /// <c>.</c> and <c>:</c>.
    /// </value>
    public string? Name { get; init; }

    /// <summary>The registered model or feature spec, such as <c>main.ml.churn</c>; none for an external model.</summary>
    public string? EntityName { get; init; }

    /// <summary>The version of the registered model: a text, also where it is a number.</summary>
    public string? EntityVersion { get; init; }

    /// <summary>The model of another provider; cannot be combined with <see cref="EntityName"/>.</summary>
    public ExternalModel? ExternalModel { get; init; }

    /// <summary>The number of concurrent requests it is scaled for. Cannot be combined with provisioned concurrency.</summary>
    public WorkloadSize? WorkloadSize { get; init; }

    /// <summary>The kind of machine.</summary>
    /// <value>Default: the service takes <see cref="WorkloadType.Cpu"/>.</value>
    public WorkloadType? WorkloadType { get; init; }

    /// <summary>Whether it scales to zero while idle; the next call then waits for the cold start.</summary>
    [JsonPropertyName("scale_to_zero_enabled")]
    public bool? ScaleToZero { get; init; }

    /// <summary>The least requests at once, in place of <see cref="WorkloadSize"/>.</summary>
    public int? MinProvisionedConcurrency { get; init; }

    /// <summary>The most requests at once, in place of <see cref="WorkloadSize"/>.</summary>
    public int? MaxProvisionedConcurrency { get; init; }

    /// <summary>
    /// Tokens per second to scale down to, of the older families of foundation models; a multiple of
    /// <see cref="ModelOptimizationInfo.ThroughputChunkSize"/>.
    /// </summary>
    public int? MinProvisionedThroughput { get; init; }

    /// <summary>Tokens per second to scale up to, likewise.</summary>
    public int? MaxProvisionedThroughput { get; init; }

    /// <summary>
    /// Model units, of the newer families of foundation models (<see cref="DatabricksManagementClient.CreateProvisionedThroughputAsync"/>).
    /// </summary>
    public long? ProvisionedModelUnits { get; init; }

    /// <summary>Whether it may go beyond its model units for a while. The service does not tell it back.</summary>
    /// <value>Default: the service takes <see langword="true"/>.</value>
    [JsonPropertyName("burst_scaling_enabled")]
    public bool? BurstScaling { get; init; }

    /// <summary>
    /// Environment variables of the model. Put secrets in as references, <c>{{secrets/scope/key}}</c>: the service tells these values to
    /// everybody who may see the endpoint.
    /// </summary>
    [JsonPropertyName("environment_vars")]
    public IReadOnlyDictionary<string, string>? EnvironmentVariables
    {
        get => _environmentVariables.OrNull;
        init => _environmentVariables = new(value);
    }

    /// <summary>The ARN of the instance profile with which it reaches AWS.</summary>
    public string? InstanceProfileArn { get; init; }

    /// <summary>The foundation model of Databricks behind it. Never sent.</summary>
    public FoundationModel? FoundationModel { get; init; }

    /// <summary>How far its deployment is; a list leaves it out. Never sent.</summary>
    public ServedEntityState? State { get; init; }

    /// <summary>Who put it there. Never sent.</summary>
    public string? Creator { get; init; }

    /// <summary>When it was put there. Never sent.</summary>
    [JsonPropertyName("creation_timestamp")]
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>A version of a model in Unity Catalog or in the workspace's registry.</summary>
    /// <param name="entityName">The model, such as <c>main.ml.churn</c>.</param>
    /// <param name="entityVersion">The version, such as <c>7</c>.</param>
    /// <returns>An entity without a name or a size, which <c>with</c> adds.</returns>
    public static ServedEntity Model(string entityName, string entityVersion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityName);
        ArgumentException.ThrowIfNullOrWhiteSpace(entityVersion);
        return new ServedEntity { EntityName = entityName, EntityVersion = entityVersion };
    }

    /// <summary>A model of another provider.</summary>
    /// <param name="model">Provider, model, task, and how to log in there.</param>
    /// <returns>An entity without a name, which <c>with</c> adds.</returns>
    public static ServedEntity External(ExternalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ServedEntity { ExternalModel = model };
    }

    // The older spelling (serving reference §9.3).
    [JsonInclude]
    internal string? ModelName
    {
        get => null;
        init => EntityName ??= value;
    }

    [JsonInclude]
    internal string? ModelVersion
    {
        get => null;
        init => EntityVersion ??= value;
    }

    /// <summary>The name that the service gives it where the caller gives none (serving reference §9.4).</summary>
    internal string? NameOrDefault =>
        Name ?? ExternalModel?.Name?.Replace('.', '-').Replace(':', '-') ??
        (EntityName is null || EntityVersion is null ? null : $"{EntityName[(EntityName.LastIndexOf('.') + 1)..]}-{EntityVersion}");
}
