using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>
/// Reads one served entity of a request, of either spelling (§9.4). Unconfirmed: every text but that about <c>scaleToZeroEnabled</c>.
/// </summary>
internal sealed partial class EntityReader(ModelRegistry registry)
{
    // Documented: at most 30 variables [docs:machine-learning/model-serving/model-serving-limits].
    private const int MaxVariables = 30;

    /// <summary>The chunk of the documentation's sample [okf:provisioned-throughput]. Unconfirmed: those of other models.</summary>
    public const int ThroughputChunk = 980;

    private static readonly string[] Numbers =
    [
        "min_provisioned_throughput", "max_provisioned_throughput", "min_provisioned_concurrency", "max_provisioned_concurrency",
        "provisioned_model_units",
    ];

    private static readonly string[] WorkloadTypes =
    [
        "CPU", "CPU_MEDIUM", "CPU_LARGE", "GPU_SMALL", "GPU_MEDIUM", "GPU_LARGE", "GPU_XLARGE", "GPU_XLARGE_8", "MULTIGPU_MEDIUM",
    ];

    // burst_scaling_enabled is not given back [cli].
    private static readonly string[] Echoed = ["workload_size", "workload_type", .. Numbers, "environment_vars", "instance_profile_arn"];

    public ServedEntity Read(JsonObject body, bool isLegacy, long now)
    {
        var entity = body.IsGiven("external_model") ? External(body, now) : Registered(body, isLegacy, now);
        return ProperName().IsMatch(entity.Name)
            ? entity
            : throw ApiErrorException.Invalid(
                $"Served entity name '{entity.Name}' may hold letters, digits, dashes and underscores only, 1 to 63 of them.");
    }

    /// <summary>A pay-per-token or provisioned model of Databricks, for <c>/pt</c>.</summary>
    public ServedEntity ReadProvisioned(JsonObject body, long now)
    {
        if (!(body.Number("provisioned_model_units") > 0))
        {
            throw ApiErrorException.Invalid("provisioned_model_units is required and must be greater than zero.");
        }

        var entity = Read(body, isLegacy: false, now);
        return entity.Kind == EntityKind.Provisioned
            ? entity
            : throw ApiErrorException.Invalid($"Entity '{entity.EntityName}' cannot be served with provisioned throughput.");
    }

    private static ServedEntity External(JsonObject body, long now)
    {
        if (body.IsGiven("entity_name"))
        {
            throw ApiErrorException.Invalid("Only one of external_model and entity_name can be specified.");
        }

        (var external, var model) = ExternalModelReader.Read(body["external_model"] as JsonObject);

        // The rule for the name is documented [go].
        var name = body.Text("name") ?? external.Text("name")!.Replace('.', '-').Replace(':', '-');
        return new ServedEntity { Name = name, Kind = EntityKind.External, ExternalModel = external, Model = model, CreatedAt = now };
    }

    private ServedEntity Registered(JsonObject body, bool isLegacy, long now)
    {
        (var nameMember, var versionMember) = isLegacy ? ("model_name", "model_version") : ("entity_name", "entity_version");
        var entityName = body.Text(nameMember) is { Length: > 0 } given
            ? given
            : throw ApiErrorException.Invalid($"Each served entity needs {nameMember}{(isLegacy ? "" : " or external_model")}.");
        if (body[versionMember] is JsonNode node && node.GetValueKind() != JsonValueKind.String)
        {
            throw ApiErrorException.Invalid($"{versionMember} must be a string.");
        }

        if (isLegacy && body.Flag("scale_to_zero_enabled") is null)
        {
            // Reported word for word [issue terraform-provider-databricks#4064].
            throw ApiErrorException.Invalid("scaleToZeroEnabled is undefined. Please set it to either true or false.");
        }

        var version = body.Text(versionMember);
        (var model, var flaw) = registry.Find(entityName, version);
        var isFeature = model is { IsFeatureLookup: true };
        if (version is null && !isFeature)
        {
            throw ApiErrorException.Invalid($"{versionMember} is required for entity '{entityName}'.");
        }

        var defaultName = entityName.Split('.')[^1] + (version is null ? "" : $"-{version}");
        return new ServedEntity
        {
            Name = body.Text("name") ?? defaultName,
            Kind = isFeature ? EntityKind.Feature : IsProvisioned(body) ? EntityKind.Provisioned : EntityKind.Custom,
            EntityName = entityName,
            EntityVersion = version,
            Workload = Workload(body),
            Model = model,
            Flaw = flaw,
            CreatedAt = now,
        };
    }

    private static bool IsProvisioned(JsonObject body) =>
        body.IsGiven("provisioned_model_units") || body.IsGiven("max_provisioned_throughput");

    private static JsonObject Workload(JsonObject body)
    {
        foreach (var number in Numbers.Where(number => body.IsGiven(number) && body.Number(number) is not >= 0))
        {
            throw ApiErrorException.Invalid($"{number} must be a number of at least zero.");
        }

        Refuse(
            body.IsGiven("workload_size")
                && (body.IsGiven("min_provisioned_concurrency") || body.IsGiven("max_provisioned_concurrency")),
            "workload_size cannot be used with min_provisioned_concurrency and max_provisioned_concurrency.");
        Refuse(body.Text("workload_type") is string type && !WorkloadTypes.Contains(type),
            $"Workload type '{body.Text("workload_type")}' is not supported.");
        Refuse(body.Integer("min_provisioned_concurrency") % 4 > 0 || body.Integer("max_provisioned_concurrency") % 4 > 0,
            "Provisioned concurrency must be a multiple of 4.");
        Refuse(
            body.Integer("min_provisioned_throughput") % ThroughputChunk > 0
                || body.Integer("max_provisioned_throughput") % ThroughputChunk > 0,
            $"Provisioned throughput must be a multiple of {ThroughputChunk}.");
        Refuse(body.Integer("min_provisioned_throughput") > body.Integer("max_provisioned_throughput"),
            "min_provisioned_throughput must not be greater than max_provisioned_throughput.");
        Refuse(body.Object("environment_vars") is { Count: > MaxVariables }, $"At most {MaxVariables} environment variables are allowed.");
        var workload = new JsonObject();
        foreach (var member in Echoed.Where(body.IsGiven))
        {
            workload[member] = body[member]!.DeepClone();
        }

        if (!IsProvisioned(body))
        {
            // CPU is the default [go]. Unconfirmed: that defaults are given back.
            workload["workload_type"] ??= "CPU";
            workload["scale_to_zero_enabled"] = body.Flag("scale_to_zero_enabled") ?? false;
        }

        return workload;
    }

    private static void Refuse(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw ApiErrorException.Invalid(message);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,63}$")]
    private static partial Regex ProperName();
}
