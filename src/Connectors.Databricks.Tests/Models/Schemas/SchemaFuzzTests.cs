using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models.Schemas;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.Models.Schemas.Checkers;

namespace Connectors.Databricks.Tests.Models.Schemas;

/// <summary>
/// Real and random schemas of tools and of response formats in each dialect: the result is valid by a checker that does not know the
/// rewriter, a valid schema is unchanged, and nothing that a model could read is lost.
/// </summary>
public class SchemaFuzzTests
{
    private static readonly int Seed = FuzzRun.SeedOf(20261130);

    private static readonly int Rounds = Math.Max(1000, FuzzRun.Inputs / 4);

    private static readonly string[] Dialects = ["google", "anthropic", "openai", "plain"];

    public static TheoryData<string, string, string> Real
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (name, schema) in CollectedSchemas.Mcp.Concat(CSharpSchemas.All))
            {
                foreach (var dialect in Dialects)
                {
                    rows.Add(dialect, name, schema);
                }
            }

            return rows;
        }
    }

    public static TheoryData<string, bool> Uses
    {
        get
        {
            var rows = new TheoryData<string, bool>();
            foreach (var dialect in Dialects)
            {
                rows.Add(dialect, false);
                rows.Add(dialect, true);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Real))]
    public void A_real_schema_leaves_valid_and_loses_nothing_that_a_model_reads(string dialect, string name, string schema)
    {
        Assert.NotEmpty(name);
        Check(dialect, schema, SchemaUse.Parameters);
        Check(dialect, schema, SchemaUse.Format);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_random_schema_leaves_valid_and_loses_nothing_that_a_model_reads(string dialect, bool isFormat)
    {
        var use = isFormat ? SchemaUse.Format : SchemaUse.Parameters;
        for (var round = 0; round < Rounds; round++)
        {
            var schema = new RandomSchemas(Seed + round).Parameters().ToJsonString();
            try
            {
                Check(dialect, schema, use);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {Seed + round}: {exception.Message}\n{schema}\n{Rewrite(dialect, schema, use).Schema}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_real_schema_with_random_changes_leaves_valid_and_loses_nothing_that_a_model_reads(string dialect, bool isFormat)
    {
        var use = isFormat ? SchemaUse.Format : SchemaUse.Parameters;
        string[] real = [.. CollectedSchemas.Mcp.Concat(CSharpSchemas.All).Select(schema => schema.Value)];
        for (var round = 0; round < Rounds; round++)
        {
            var changed = new RandomSchemas(Seed + round).Changed(JsonNode.Parse(real[round % real.Length])!.AsObject()).ToJsonString();
            try
            {
                Check(dialect, changed, use);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {Seed + round}: {exception.Message}\n{changed}\n{Rewrite(dialect, changed, use).Schema}");
            }
        }
    }

    private static void Check(string dialect, string schema, SchemaUse use)
    {
        var rewritten = Rewrite(dialect, schema, use);
        var result = rewritten.Schema.GetRawText();

        Assert.Empty(Problems(dialect, result, use));
        Assert.Equal(
            rewritten is { Changes: null, Dangling.Count: 0, IsRepointed: false },
            JsonNode.DeepEquals(JsonNode.Parse(schema), JsonNode.Parse(result)));
        Assert.Null(Rewrite(dialect, result, use).Changes);
        if (dialect != "plain" && Problems(dialect, schema, use).Count == 0 && !HasOnlyChoice(JsonNode.Parse(schema)))
        {
            Assert.Null(rewritten.Changes);
        }

        // JSON within a description escapes its own strings.
        var told = Strings(JsonNode.Parse(result)).Concat(rewritten.PropertyNames?.Values ?? []).Select(Unescaped).ToList();
        Assert.All(
            SchemaWords.Of(JsonNode.Parse(schema)!),
            word => Assert.Contains(told, text => text.Contains(Unescaped(word), StringComparison.Ordinal)));
    }

    // A choice of one becomes that one.
    private static bool HasOnlyChoice(JsonNode? node) => node switch
    {
        JsonObject members => members["anyOf"] is JsonArray { Count: 1 } || members.Any(member => HasOnlyChoice(member.Value)),
        JsonArray items => items.Any(HasOnlyChoice),
        _ => false,
    };

    private static string Unescaped(string text) => text.Replace("\\", string.Empty, StringComparison.Ordinal);

    private static List<string> Problems(string dialect, string schema, SchemaUse use)
    {
        var node = JsonNode.Parse(schema)!;
        if (use == SchemaUse.Format)
        {
            return dialect switch
            {
                "google" => GoogleSchemaChecker.Format(node),
                "plain" => HostedSchemaChecker.Problems(node),
                _ => StandardSchemaChecker.Format(node, isOpenAI: dialect == "openai"),
            };
        }

        // As the parameters of a tool are written.
        node["type"] ??= "object";
        return dialect switch
        {
            "google" => GoogleSchemaChecker.Parameters(node),
            "anthropic" => StandardSchemaChecker.Anthropic(node),
            "openai" => StandardSchemaChecker.OpenAI(node),
            _ => HostedSchemaChecker.Parameters(node),
        };
    }

    private static RewrittenSchema Rewrite(string dialect, string schema, SchemaUse use) =>
        RewrittenSchema.For(new SchemaDialect(dialect), JsonDocument.Parse(schema).RootElement, use);

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Strings(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [(string)value!],
        _ => [],
    };
}
