using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// A model behind an endpoint: a version of a registered model, an external model, or a feature spec. Create one with <see cref="Model"/>
/// or <see cref="External"/>, and set other properties with <c>ServedEntity.Model("main.ml.churn", "7") with { … }</c>.
/// </summary>
public sealed record ServedEntity : EndpointDocument
{
    private readonly EquatableMap _environmentVariables;

    /// <summary>Gets the name within the endpoint, which traffic routes and logs refer to.</summary>
    /// <value>
    /// Default: <see langword="null"/>; the service uses the last part of the entity's name, a dash and the version, or the external
    /// model's name with dashes for <c>.</c> and <c>:</c>.
    /// </value>
    public string? Name { get; init; }

    /// <summary>
    /// Gets the registered model or feature spec, such as <c>main.ml.churn</c>; <see langword="null"/> for an external model.
    /// </summary>
    public string? EntityName { get; init; }

    /// <summary>Gets the version of the registered model, as a string even when it is a number.</summary>
    public string? EntityVersion { get; init; }

    /// <summary>Gets the external model; cannot be combined with <see cref="EntityName"/>.</summary>
    public ExternalModel? ExternalModel { get; init; }

    /// <summary>Gets the workload size: the concurrency that is provisioned. Cannot be combined with provisioned concurrency.</summary>
    public WorkloadSize? WorkloadSize { get; init; }

    /// <summary>Gets the workload type: CPU, or a kind of GPU.</summary>
    /// <value>Default: <see langword="null"/>; the service uses <see cref="WorkloadType.Cpu"/>.</value>
    public WorkloadType? WorkloadType { get; init; }

    /// <summary>Gets a value indicating whether compute scales to zero while idle; the next call then waits for the cold start.</summary>
    [JsonPropertyName("scale_to_zero_enabled")]
    public bool? ScaleToZero { get; init; }

    /// <summary>Gets the minimum provisioned concurrency, instead of <see cref="WorkloadSize"/>.</summary>
    public int? MinProvisionedConcurrency { get; init; }

    /// <summary>Gets the maximum provisioned concurrency, instead of <see cref="WorkloadSize"/>.</summary>
    public int? MaxProvisionedConcurrency { get; init; }

    /// <summary>
    /// Gets the minimum provisioned throughput of the older families of foundation models, in tokens per second; a multiple of
    /// <see cref="ModelOptimizationInfo.ThroughputChunkSize"/>.
    /// </summary>
    public int? MinProvisionedThroughput { get; init; }

    /// <summary>Gets the maximum provisioned throughput, in tokens per second; a multiple of the same value.</summary>
    public int? MaxProvisionedThroughput { get; init; }

    /// <summary>
    /// Gets the provisioned model units of the newer families of foundation models
    /// (<see cref="DatabricksManagementClient.CreateProvisionedThroughputAsync"/>).
    /// </summary>
    public long? ProvisionedModelUnits { get; init; }

    /// <summary>
    /// Gets a value indicating whether throughput may temporarily exceed the provisioned model units. The service does not return it.
    /// </summary>
    /// <value>Default: <see langword="null"/>; the service uses <see langword="true"/>.</value>
    [JsonPropertyName("burst_scaling_enabled")]
    public bool? BurstScaling { get; init; }

    /// <summary>
    /// Gets the term of the commitment that a create, or an update with more model units, buys. Without it, model units are on demand. The
    /// service does not return it; commitments are in <see cref="ProvisionedThroughputState.Commitments"/>.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    [JsonPropertyName("pt_term")]
    public CommitmentTerm? CommitmentTerm { get; init; }

    /// <summary>Gets a value indicating whether the commitment is renewed at the end of <see cref="CommitmentTerm"/>.</summary>
    [JsonPropertyName("pt_auto_renew")]
    public bool? AutoRenew { get; init; }

    /// <summary>
    /// Gets the environment variables of the model. Pass secrets as references, <c>{{secrets/scope/key}}</c>: the service returns these
    /// values to everyone who can view the endpoint.
    /// </summary>
    [JsonPropertyName("environment_vars")]
    public IReadOnlyDictionary<string, string>? EnvironmentVariables
    {
        get => _environmentVariables.OrNull;
        init => _environmentVariables = new(value);
    }

    /// <summary>Gets the ARN of the instance profile for access to AWS resources.</summary>
    public string? InstanceProfileArn { get; init; }

    /// <summary>Gets the Databricks foundation model that is served. Set by the service; never sent.</summary>
    public FoundationModel? FoundationModel { get; init; }

    /// <summary>Gets the deployment state; lists omit it. Set by the service; never sent.</summary>
    public ServedEntityState? State { get; init; }

    /// <summary>Gets the creator. Set by the service; never sent.</summary>
    public string? Creator { get; init; }

    /// <summary>Gets the creation time. Set by the service; never sent.</summary>
    [JsonPropertyName("creation_timestamp")]
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Creates a served entity for a version of a model in Unity Catalog or in the workspace registry.</summary>
    /// <param name="entityName">The model, such as <c>main.ml.churn</c>.</param>
    /// <param name="entityVersion">The version, such as <c>7</c>.</param>
    /// <returns>The served entity, without a name and a size; set them with a <c>with</c> expression.</returns>
    public static ServedEntity Model(string entityName, string entityVersion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityName);
        ArgumentException.ThrowIfNullOrWhiteSpace(entityVersion);
        return new ServedEntity { EntityName = entityName, EntityVersion = entityVersion };
    }

    /// <summary>Creates a served entity for a model of another provider.</summary>
    /// <param name="model">The provider, its model, the task and the authentication.</param>
    /// <returns>The served entity, without a name; set it with a <c>with</c> expression.</returns>
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

    /// <summary>The default name that the service assigns (serving reference §9.4).</summary>
    internal string? NameOrDefault =>
        Name ?? ExternalModel?.Name?.Replace('.', '-').Replace(':', '-') ??
        (EntityName is null || EntityVersion is null ? null : $"{EntityName[(EntityName.LastIndexOf('.') + 1)..]}-{EntityVersion}");
}
