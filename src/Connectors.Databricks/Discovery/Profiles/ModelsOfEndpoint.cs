using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>The records of the models behind an endpoint, and what holds for all of them together.</summary>
internal sealed class ModelsOfEndpoint
{
    private readonly List<DatabricksModelInfo> _models;
    private readonly bool _isComplete;
    private readonly ProfileSource _source;

    private ModelsOfEndpoint(List<DatabricksModelInfo> models, bool isComplete, ProfileSource source)
    {
        _models = models;
        _isComplete = isComplete;
        _source = source;
    }

    public IReadOnlyList<DatabricksModelInfo> Models => _models;

    public static ModelsOfEndpoint Find(DiscoveredEndpoint endpoint, EndpointKind kind, DatabricksModelCapabilities models)
    {
        var entities = endpoint.ServedOrPending;
        List<DatabricksModelInfo> found = [];
        var isComplete = true;
        var isNamed = true;
        foreach (var entity in entities)
        {
            var (record, isExact) = Find(entity, endpoint, kind, models);
            if (record is null)
            {
                isComplete = false;
            }
            else
            {
                found.Add(record);
                isNamed &= isExact && !record.IsFamily;
            }
        }

        if (entities.Count == 0 && kind == EndpointKind.PayPerToken && models.Find(endpoint.Name) is { } byName)
        {
            found.Add(byName);
            isNamed = !byName.IsFamily;
        }

        return new ModelsOfEndpoint(found, isComplete, isNamed ? ProfileSource.Table : ProfileSource.Inferred);
    }

    public ProfileValue<int?> Least(Func<DatabricksModelInfo, int?> pick)
    {
        int? least = null;
        foreach (var model in _models)
        {
            if (pick(model) is not { } value)
            {
                return default;
            }

            least = Math.Min(least ?? value, value);
        }

        return IsKnown ? new(least, _source) : default;
    }

    /// <summary>True when all do, false when one does not, unknown otherwise.</summary>
    public ProfileValue<bool?> Each(Func<DatabricksModelInfo, bool?> pick)
    {
        var all = IsKnown;
        foreach (var model in _models)
        {
            var value = pick(model);
            if (value is false)
            {
                return new(false, _source);
            }

            all &= value is true;
        }

        return all ? new(true, _source) : default;
    }

    public ProfileValue<IReadOnlyList<string>> Common(Func<DatabricksModelInfo, IReadOnlyList<string>> pick)
    {
        IReadOnlyList<string>? common = null;
        foreach (var model in _models)
        {
            var items = pick(model);
            if (items.Count == 0)
            {
                return default;
            }

            common = common is null ? items : [.. common.Where(items.Contains)];
        }

        return IsKnown ? new(common, _source) : default;
    }

    public ProfileValue<DatabricksModelLifecycle> FirstToGo()
    {
        DatabricksModelLifecycle? first = null;
        foreach (var model in _models)
        {
            if (first is null || IsMoreUrgent(model.Lifecycle, first))
            {
                first = model.Lifecycle;
            }
        }

        return first is null ? default : new(first, _source);
    }

    private bool IsKnown => _models.Count > 0 && _isComplete;

    private static (DatabricksModelInfo? Record, bool IsExact) Find(
        DiscoveredEntity entity, DiscoveredEndpoint endpoint, EndpointKind kind, DatabricksModelCapabilities models)
    {
        if (entity.IsExternal)
        {
            return (models.Find(entity.ExternalProvider ?? string.Empty, entity.ExternalName ?? string.Empty), true);
        }

        if (KindOfEndpoint.IsFoundationModel(entity))
        {
            var record = models.Find(entity.FoundationName ?? entity.EntityName ?? string.Empty);

            // A model service may be named after anything; one of system.ai is named after its model.
            var isNamedAfterModel = kind == EndpointKind.PayPerToken
                && (!endpoint.IsModelService || KindOfEndpoint.IsOfDatabricks(endpoint));
            var isVague = record is null or { IsFamily: true };
            return (isVague && isNamedAfterModel ? models.Find(endpoint.Name) ?? record : record, true);
        }

        // A model of your own may be named after the one it was made from. One without a task is no language model, whatever its name, and
        // an agent may call any model.
        var isLanguageModel = endpoint.Task is not null && kind != EndpointKind.Agent;
        return (isLanguageModel ? models.Find(entity.EntityName ?? string.Empty) : null, false);
    }

    private static bool IsMoreUrgent(DatabricksModelLifecycle lifecycle, DatabricksModelLifecycle other)
    {
        var (urgency, otherUrgency) = (Urgency(lifecycle.Stage), Urgency(other.Stage));
        return urgency > otherUrgency
            || (urgency == otherUrgency && (lifecycle.RetirementDate ?? DateOnly.MaxValue) < (other.RetirementDate ?? DateOnly.MaxValue));
    }

    private static int Urgency(DatabricksModelStage stage) =>
        stage == DatabricksModelStage.Retired ? 3 : stage == DatabricksModelStage.Deprecated ? 2 : stage == DatabricksModelStage.Legacy ? 1
            : 0;
}
