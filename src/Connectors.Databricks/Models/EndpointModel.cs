using Connectors.Databricks.Models.Learning;

namespace Connectors.Databricks.Models;

/// <summary>
/// What requests to one endpoint are shaped by: the record of its model, with what the endpoint itself has taught laid over it. Immutable, and
/// one for each endpoint, so that a call that needs no shaping pays for nothing.
/// </summary>
internal sealed class EndpointModel
{
    /// <summary>Refuses nothing: what is not known shapes nothing.</summary>
    private static readonly DatabricksModelInfo Unknown = new() { Name = "an unknown model" };

    private readonly DatabricksModelInfo? _record;

    public EndpointModel(string endpointName, DatabricksModelInfo? record, IReadOnlyList<Lesson>? lessons = null)
    {
        EndpointName = endpointName;
        _record = record;
        Lessons = lessons ?? [];
        Model = Lessons.Aggregate(record ?? Unknown, static (model, lesson) => lesson.Correct(model));
        ExpiresAt = Lessons.Count == 0 ? DateTimeOffset.MaxValue : Lessons.Min(lesson => lesson.ExpiresAt);
        Bare = Unknown with
        {
            Reasoning = Model.Reasoning,
            Parameters = Unknown.Parameters with { Refused = [.. Lessons.Select(lesson => lesson.Field).Where(field => field == LessonFromRefusal.StreamOptions)] },
        };
    }

    public string EndpointName { get; }

    /// <summary>The record without lessons; null for a name that says nothing.</summary>
    public DatabricksModelInfo? Record => _record;

    /// <summary>The record with every lesson.</summary>
    public DatabricksModelInfo Model { get; }

    /// <summary>What is left of it when shaping is off: the way to ask for reasoning, which has no other, and a field that is ours.</summary>
    public DatabricksModelInfo Bare { get; }

    public IReadOnlyList<Lesson> Lessons { get; }

    /// <summary>When the first lesson is forgotten.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Who says that a field is not taken: the endpoint, else the record, else nobody.</summary>
    public string Reason(string field)
    {
        foreach (var lesson in Lessons)
        {
            if (lesson.Covers(field))
            {
                return $"the endpoint refused it: \"{lesson.ServiceMessage}\"";
            }
        }

        return _record is null ? "nothing is known of this model" :
            _record.AsOf is { } date ? $"{_record.Name} does not take it (record of {date:yyyy-MM-dd})" :
            $"{_record.Name} does not take it (record of yours)";
    }

    public EndpointModel With(Lesson lesson) =>
        new(EndpointName, _record, [.. Lessons.Where(known => known.Topic != lesson.Topic), lesson]);

    public EndpointModel Without(Func<Lesson, bool> isForgotten) => new(EndpointName, _record, [.. Lessons.Where(lesson => !isForgotten(lesson))]);
}
