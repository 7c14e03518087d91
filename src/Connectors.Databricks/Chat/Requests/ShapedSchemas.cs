using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Models.Schemas;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// The schemas of tools and response formats in the dialect of a model. A schema is rewritten once in the lifetime of the object that holds
/// it, and not on each call.
/// </summary>
internal static class ShapedSchemas
{
    private const int MostNamed = 5;
    private const int LongestNamed = 100;

    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<(SchemaDialect, bool), RewrittenSchema>>
        Rewritten = [];

    private static readonly ConditionalWeakTable<object, StrictObstacle> Obstacles = [];

    public static JsonElement Of(ChatRequest request, AIFunctionDeclaration function, bool isStrict) =>
        Of(request, function, StrictOption.Schema(function, isStrict), isStrict, "tools.parameters", function.Name);

    public static JsonElement Of(ChatRequest request, ChatResponseFormatJson format, bool isStrict) =>
        Of(request, format, StrictOption.Schema(format, isStrict)!.Value, isStrict, "response_format.schema", format.SchemaName);

    /// <summary>
    /// Returns the caller's names of parameters that are renamed for the model, by their names in the request; null for none.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? PropertyNames(ChatRequest request, AIFunctionDeclaration function) =>
        request.IsShaped && request.Model.Tools.SchemaDialect == SchemaDialect.Anthropic
            ? Rewrite(SchemaDialect.Anthropic, function, function.JsonSchema, isStrict: false).PropertyNames
            : null;

    /// <summary>Whether a strict tool is sent as one; if its schema cannot be strict, the adjustment is recorded.</summary>
    public static bool IsStrict(ChatRequest request, AIFunctionDeclaration function, bool isRequested) =>
        isRequested && IsStrict(
            request, function, StrictOption.Strict(function), request.Model.Tools.SupportsStrict, "tools.strict", function.Name);

    /// <summary>Whether a strict response format is sent as one; if its schema cannot be strict, the adjustment is recorded.</summary>
    public static bool IsStrict(ChatRequest request, ChatResponseFormatJson format, bool isRequested) =>
        isRequested && IsStrict(
            request, format, StrictOption.Strict(format), request.Model.SupportsStrictJsonSchema, "response_format.strict",
            format.SchemaName);

    private static bool IsStrict(ChatRequest request, object owner, JsonElement? schema, bool isAccepted, string field, string? name)
    {
        if (!request.IsShaped || !isAccepted)
        {
            return true;
        }

        var obstacle = Obstacles.GetValue(owner, _ => new StrictObstacle(
            schema is { } transformed ? StrictSchema.Obstacle(transformed) : "a part of it is no schema")).Text;
        if (obstacle is not null)
        {
            request.Note(
                field, ParameterCorrection.LeftOut,
                $"the schema of '{name}' cannot be strict: {SingleLineText.Quote(obstacle, LongestNamed)}", affectsAnswer: true);
        }

        return obstacle is null;
    }

    private static JsonElement Of(ChatRequest request, object owner, JsonElement schema, bool isStrict, string field, string? name)
    {
        var dialect = request.Model.Tools.SchemaDialect;
        if (!request.IsShaped || (dialect == SchemaDialect.JsonSchema && !DanglingReferences.AnyIn(schema)))
        {
            return schema;
        }

        var rewritten = Rewrite(dialect, owner, schema, isStrict);
        if (rewritten.Changes is { } changes)
        {
            request.Note(field, $"rewritten: {changes}", request.Endpoint.Reason("schemas"));
        }

        NoteReferences(request, rewritten, field, name);

        return rewritten.Schema;
    }

    private sealed record StrictObstacle(string? Text);

    private static RewrittenSchema Rewrite(SchemaDialect dialect, object owner, JsonElement schema, bool isStrict)
    {
        var known = Rewritten.GetValue(owner, static _ => new());
        return known.TryGetValue((dialect, isStrict), out var rewritten)
            ? rewritten
            : known.GetOrAdd(
                (dialect, isStrict),
                RewrittenSchema.For(dialect, schema, owner is AIFunctionDeclaration ? SchemaUse.Parameters : SchemaUse.Format));
    }

    private static void NoteReferences(ChatRequest request, RewrittenSchema rewritten, string field, string? name)
    {
        if (rewritten.IsRepointed)
        {
            request.Note(field, "a $ref corrected to point to its definition", $"the schema of '{name}' has the definition elsewhere");
        }

        if (rewritten.Dangling.Count > 0)
        {
            var references = rewritten.Dangling.Take(MostNamed).Select(static reference => SingleLineText.Quote(reference, LongestNamed));
            request.Note(field, "a dangling $ref removed", $"the schema of '{name}' has no {string.Join(", ", references)}");
        }
    }
}
