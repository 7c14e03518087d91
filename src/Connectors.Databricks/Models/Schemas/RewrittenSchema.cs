using System.Text.Json;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>A schema in the dialect of a model.</summary>
/// <param name="Schema">The schema; the original when nothing had to be changed.</param>
/// <param name="Changes">The JSON Schema keywords that were changed; null for none.</param>
internal sealed record RewrittenSchema(JsonElement Schema, string? Changes)
{
    /// <summary>The length at which fewer references are expanded: the service accepts requests of 4 MiB with all of their tools.</summary>
    private const int LongestExpansion = 100_000;

    /// <summary>How many schemas are expanded, from the first attempt to the last.</summary>
    private static readonly int[] MaxSchemas = [2000, 100, 0];

    /// <summary>References without a target.</summary>
    public IReadOnlyList<string> Dangling { get; init; } = [];

    /// <summary>Whether references were corrected to point to their definitions.</summary>
    public bool IsRepointed { get; init; }

    /// <summary>The caller's names of parameters that were renamed, by their new names; null for none.</summary>
    public IReadOnlyDictionary<string, string>? PropertyNames { get; init; }

    public static RewrittenSchema For(SchemaDialect dialect, JsonElement schema, SchemaUse use = SchemaUse.Format)
    {
        if (!DanglingReferences.AnyIn(schema))
        {
            return Rewrite(dialect, schema, use);
        }

        // Google's dialect has no references: what cannot be resolved is described.
        var corrected = DanglingReferences.Correct(schema, keepsDangling: dialect == SchemaDialect.Google);
        return Rewrite(dialect, corrected.Schema, use) with { Dangling = corrected.Dangling, IsRepointed = corrected.IsRepointed };
    }

    private static RewrittenSchema Rewrite(SchemaDialect dialect, JsonElement schema, SchemaUse use)
    {
        try
        {
            return schema.ValueKind != JsonValueKind.Object ? new RewrittenSchema(schema, null) :
                dialect == SchemaDialect.Google ? Expand(max => new GoogleSchema(schema, use, max).Rewrite()) :
                dialect == SchemaDialect.Plain ? Expand(max => new PlainSchema(schema, use, max).Rewrite()) :
                dialect == SchemaDialect.Anthropic ? StandardSchema.Rewrite(schema, use, isOpenAI: false) :
                dialect == SchemaDialect.OpenAI ? StandardSchema.Rewrite(schema, use, isOpenAI: true) :
                new RewrittenSchema(schema, null);
        }
        catch (ArgumentException)
        {
            // A property occurs twice in an object; the service decides which one counts.
            return new RewrittenSchema(schema, null);
        }
    }

    private static RewrittenSchema Expand(Func<int, RewrittenSchema> rewrite)
    {
        var result = rewrite(MaxSchemas[0]);
        foreach (var max in MaxSchemas.AsSpan(1))
        {
            if (result.Changes is null || result.Schema.GetRawText().Length <= LongestExpansion)
            {
                break;
            }

            result = rewrite(max);
        }

        return result;
    }
}
