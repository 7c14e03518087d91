using Connectors.Databricks.Emulator;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Tests.Docs;

namespace Connectors.Databricks.Tests.Emulator.Refusals;

/// <summary>What a strict emulator rejects besides: what no source says is accepted.</summary>
public class StrictTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private const string Call =
        "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":null,"
            + "\"tool_calls\":["
            + "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
            + "{\"role\":\"user\",\"content\":\"Again\"}]";

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct", Hi + ",\"max_completion_tokens\":10")]
    [InlineData("databricks-kimi-k3", Hi + ",\"logprobs\":true")]
    [InlineData("databricks-gpt-5-2", Hi + ",\"seed\":1")]
    [InlineData("databricks-claude-sonnet-4-5", Hi + ",\"service_tier\":\"auto\"")]
    [InlineData("databricks-claude-sonnet-4-5", Hi + ",\"temperature\":1,\"top_p\":0.5")]
    [InlineData("databricks-claude-sonnet-4-5", Call)]
    [InlineData("databricks-gpt-5-2", Call)]
    [InlineData(
        "databricks-gemini-3-1-pro",
        Hi + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
            + "\"parameters\":{\"type\":\"object\",\"additionalProperties\":false}}}]")]
    public async Task What_is_without_evidence_is_accepted_unless_strict(string endpoint, string members)
    {
        await using Wire lenient = await Wire.OpenAsync();
        await using Wire strict = await Wire.OpenAsync(options => options.Strict = true);

        Assert.StartsWith("200 ", await lenient.AskAsync(endpoint, $"{{{members}}}"), StringComparison.Ordinal);
        Assert.StartsWith("400 ", await strict.AskAsync(endpoint, $"{{{members}}}"), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Unproven
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var facts in ModelTable.All)
            {
                foreach (var parameter in facts.Unproven)
                {
                    rows.Add(facts.Endpoint, parameter);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Unproven))]
    public async Task A_parameter_without_evidence_is_accepted_unless_strict(string endpoint, string parameter)
    {
        var value = parameter switch
        {
            "service_tier" or "user" or "verbosity" => "\"auto\"",
            "extra_params" or "metadata" or "logit_bias" => "{}",
            "logprobs" => "true",
            _ => "1",
        };
        await using Wire lenient = await Wire.OpenAsync();
        await using Wire strict = await Wire.OpenAsync(options => options.Strict = true);
        var body = $"{{{Hi},\"{parameter}\":{value}}}";

        Assert.StartsWith("200 ", await lenient.AskAsync(endpoint, body), StringComparison.Ordinal);
        var answer = await strict.AskAsync(endpoint, body);
        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.Contains(parameter, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct", "400 ")]
    [InlineData("databricks-gpt-5-2", "400 ")]
    [InlineData("azure-gpt-4o", "200 ")]
    public async Task Several_choices_are_documented_for_external_models_only(string endpoint, string status)
    {
        await using Wire lenient = await Wire.OpenAsync();
        await using Wire strict = await Wire.OpenAsync(options => options.Strict = true);

        Assert.StartsWith("200 ", await lenient.AskAsync(endpoint, $"{{{Hi},\"n\":2}}"), StringComparison.Ordinal);
        Assert.StartsWith(status, await strict.AskAsync(endpoint, $"{{{Hi},\"n\":2}}"), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await strict.AskAsync(endpoint, $"{{{Hi},\"n\":1}}"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_lists_the_parameters_of_each_family()
    {
        var listed = MarkdownTable.In(MarkdownFile.All.Single(page => page.Path == "docs/emulator.md"))
            .Single(table => table.Header.Contains("Parameters without evidence")).Rows
            .SelectMany(row => row.Cells[0].Split(", "), (row, family) => $"{family}: {row.Cells[1]}")
            .Select(line => line.Replace("`", "", StringComparison.Ordinal));

        Assert.Equal(
            GatewayModels.Hosted.Select(facts => $"{facts.Dialect}: {string.Join(", ", facts.Unproven)}").Distinct().Order(),
            listed.Order());
    }

    [Fact]
    public void The_program_has_a_switch() =>
        Assert.True(Connectors.Databricks.Emulator.CommandLine.Arguments.Parse(["--strict", "--port", "0"]).Options.Strict);
}
