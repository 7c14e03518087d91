using System.Text.Json;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>A schema as a model understands it.</summary>
/// <param name="Schema">The schema; the original where nothing had to be changed.</param>
/// <param name="Changes">What was changed, a word of JSON Schema each; null for nothing.</param>
internal sealed record RewrittenSchema(JsonElement Schema, string? Changes)
{
    /// <summary>References that led nowhere.</summary>
    public IReadOnlyList<string> Dangling { get; init; } = [];

    /// <summary>Whether references were pointed to where their definitions are.</summary>
    public bool IsRepointed { get; init; }

    public static RewrittenSchema For(SchemaDialect dialect, JsonElement schema)
    {
        if (!DanglingReferences.AnyIn(schema))
        {
            return Said(dialect, schema);
        }

        // Google's dialect has no references: what cannot be resolved is described there.
        var corrected = DanglingReferences.Correct(schema, keepsDangling: dialect == SchemaDialect.Google);
        return Said(dialect, corrected.Schema) with { Dangling = corrected.Dangling, IsRepointed = corrected.IsRepointed };
    }

    private static RewrittenSchema Said(SchemaDialect dialect, JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object ? new RewrittenSchema(schema, null) :
        dialect == SchemaDialect.Google ? new GoogleSchema(schema).Rewrite() :
        dialect == SchemaDialect.Plain ? PlainSchema.Rewrite(schema) : new RewrittenSchema(schema, null);
}
