using System.Diagnostics;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Discovery.Signatures;

/// <summary>Signatures from OpenAPI documents, whole and with parts missing.</summary>
public class SignatureTests
{
    private const string Churn =
        """
        {"openapi":"3.1.0","info":{"title":"churn","version":"2"},
         "servers":[{"url":"https://w.example/serving-endpoints/churn"}],
         "paths":{"/served-models/champion-2/invocations":{"post":{
           "requestBody":{"content":{"application/json":{"schema":{"oneOf":[
             {"type":"object","properties":{
                "dataframe_split":{"type":"object","properties":{
                  "columns":{"description":"required fields: tenure","type":"array","items":{"type":"string","enum":["tenure","charges","plan"]}},
                  "data":{"type":"array","items":{"type":"array","prefixItems":[
                    {"type":"integer","format":"int64"},{"type":"number","format":"double"},{"type":"string"}]}}}},
                "params":{"type":"object","properties":{"decimals":{"type":"integer","format":"int32","default":2}}}},
              "examples":[{"columns":["tenure","charges","plan"],"data":[[3,10.4,"a"]]}]},
             {"type":"object","properties":{
                "dataframe_records":{"type":"array","items":{"required":["tenure","plan"],"type":"object","properties":{
                  "tenure":{"type":"integer","format":"int64"},"charges":{"type":"number","format":"double"},"plan":{"type":"string"}}}},
                "params":{"type":"object"}}}]}}}},
           "responses":{"200":{"description":"Good","content":{"application/json":{"schema":{"type":"object","properties":{
             "predictions":{"type":"array","items":{"type":"number","format":"double"}}}}}}}}}}}}
        """;

    [Fact]
    public async Task Columns_types_forms_and_parameters_are_read()
    {
        var signature = await Read(Churn);

        Assert.Equal(("churn", "2", "https://w.example/serving-endpoints/churn"),
            (signature.EndpointName, signature.ConfigVersion, signature.Url));
        var champion = signature.GetSignature("champion-2")!;
        Assert.Same(champion, Assert.Single(signature.Paths));
        Assert.Equal("/served-models/champion-2/invocations", champion.Path);
        Assert.Equal(["dataframe_split", "dataframe_records"], champion.InputForms);
        Assert.Equal(["tenure: integer (int64)", "charges: number (double)", "plan: string"],
            signature.Inputs.Select(column => column.ToString()));
        Assert.Equal([true, false, false], signature.Inputs.Select(column => column.IsRequired!.Value));
        Assert.Equal(["decimals: integer (int32)"], champion.Parameters.Select(parameter => parameter.ToString()));
        Assert.Equal(2, champion.Parameters[0].Default!.Value.GetInt32());
        Assert.Equal("predictions", champion.ResultName);
        Assert.Equal(["number (double)"], signature.Outputs.Select(output => output.ToString()));
        Assert.Equal(3, champion.Example!.Value.GetProperty("data")[0][0].GetInt32());
        Assert.Null(signature.GetSignature("unknown"));
    }

    [Fact]
    public async Task The_document_is_given_as_it_came() => Assert.Equal(Churn, await Managing.Discover(
        "GET /api/2.0/serving-endpoints/churn/openapi", Churn, directory => directory.GetOpenApiAsync("churn")));

    [Fact]
    public async Task Records_alone_tell_names_types_and_what_must_be_there()
    {
        var signature = await Read(Post("""
            {"type":"object","properties":{"dataframe_records":{"type":"array","items":{"required":["b"],"type":"object","properties":{
              "a":{"type":["null","string"]},"b":{"type":"array","items":{"type":"number","format":"float"}}}}}}}
            """));

        Assert.Equal(["a: string", "b: array of number (float)"], signature.Inputs.Select(column => column.ToString()));
        Assert.Equal([false, true], signature.Inputs.Select(column => column.IsRequired!.Value));
    }

    [Theory]
    [InlineData("""{"anyOf":[{"type":"string","format":"date"},{"type":"null"}]}""")]
    [InlineData("""{"oneOf":[{"type":"null"},{"type":"string","format":"date"}]}""")]
    [InlineData("""{"type":["string","null"],"format":"date"}""")]
    [InlineData("""{"type":"string","nullable":true,"format":"date"}""")]
    [InlineData("""{"type":["null","string"],"nullable":true,"format":"date"}""")]
    [InlineData("""{"anyOf":[{"type":["null"]},{"type":"string","format":"date"}]}""")]
    [InlineData("""{"anyOf":[{"type":"string","format":"date"},{"const":null}]}""")]
    [InlineData("""{"oneOf":[{"type":"string","format":"date"},{"enum":[null]}]}""")]
    public async Task A_nullable_column_has_the_type_of_its_values(string schema) => Assert.Equal(
        ["a: string (date)"],
        (await Read(Post(
            """{"properties":{"dataframe_records":{"items":{"properties":{"a":@}}}}}""".Replace("@", schema, StringComparison.Ordinal))))
            .Inputs.Select(column => column.ToString()));

    [Fact]
    public async Task A_tensor_has_no_name()
    {
        var signature = await Read(Post("""
            {"oneOf":[{"type":"object","properties":{"instances":{"type":"array","items":{"type":"array","items":{"type":"number","format":"float"}}}}},
              {"type":"object","properties":{"inputs":{"type":"array","items":{"type":"array","items":{"type":"number"}}}}}]}
            """));

        Assert.Equal(["instances", "inputs"], signature.Paths[0].InputForms);
        Assert.Equal(["array of number (float)"], signature.Inputs.Select(column => column.ToString()));
    }

    [Fact]
    public async Task Named_tensors_are_columns() => Assert.Equal(
        ["x: array of number", "y: array of integer"],
        (await Read(Post("""
            {"type":"object","properties":{"inputs":{"type":"object","properties":{
              "x":{"type":"array","items":{"type":"number"}},"y":{"type":"array","items":{"type":"integer"}}}}}}
            """))).Inputs.Select(column => column.ToString()));

    [Fact]
    public async Task Chat_takes_its_own_members()
    {
        var signature = await Read(Post("""
            {"type":"object","properties":{"messages":{"type":"array","items":{"type":"object"}},"max_tokens":{"type":"integer"}}}
            """));

        Assert.Equal(["messages", "max_tokens"], signature.Paths[0].InputForms);
        Assert.Equal(["messages: array of object", "max_tokens: integer"], signature.Inputs.Select(column => column.ToString()));
    }

    [Fact]
    public async Task References_are_followed()
    {
        var signature = await Read("""
            {"openapi":"3.1.0","components":{"schemas":{"Row/x":{"type":"object","properties":{"a":{"$ref":"#/components/schemas/Num"}}},"Num":{"type":"number"}}},
             "paths":{"/invocations":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{
               "dataframe_records":{"type":"array","items":{"$ref":"#/components/schemas/Row~1x"}}}}}}}}}}}
            """);

        Assert.Equal(["a: number"], signature.Inputs.Select(column => column.ToString()));
        Assert.Null(signature.Paths[0].ServedEntityName);
    }

    [Fact]
    public async Task Outputs_with_names_are_columns()
    {
        var signature = await Read("""
            {"openapi":"3.1.0","paths":{"/invocations":{"post":{"responses":{"201":{"content":{"application/json":{"schema":{"type":"object","properties":{
              "outputs":{"type":"array","items":{"type":"object","properties":{"score":{"type":"number"},"label":{"type":"string"}}}}}}}}}}}}}}
            """);

        Assert.Equal("outputs", signature.Paths[0].ResultName);
        Assert.Equal(["score: number", "label: string"], signature.Outputs.Select(output => output.ToString()));
        Assert.Empty(signature.Inputs);
    }

    [Theory]
    [InlineData("""{"openapi":"3.1.0"}""", 0)]
    [InlineData("""{"paths":{}}""", 0)]
    [InlineData("""{"paths":[]}""", 0)]
    [InlineData("""{"paths":{"/invocations":{"get":{}}}}""", 0)]
    [InlineData("""{"paths":{"/invocations":{"post":{}}}}""", 1)]
    [InlineData("""{"paths":{"/invocations":{"post":null},"/b":7}}""", 0)]
    [InlineData("""{"info":3,"servers":{"url":1},"paths":{"/invocations":{"post":{"requestBody":{"content":{}},"responses":[]}}}}""", 1)]
    [InlineData("""{"paths":{"/invocations":{"post":{"requestBody":{"content":{"text/csv":{}}}}}}}""", 1)]
    [InlineData(
        """{"paths":{"/invocations":{"post":{"requestBody":{"content":{"a":{"schema":{"properties":{"dataframe_split":3}}}}}}}}}""", 1)]
    public async Task Parts_that_are_absent_are_left_out(string document, int paths)
    {
        var signature = await Read(document);

        Assert.Equal(paths, signature.Paths.Count);
        Assert.Empty(signature.Inputs);
        Assert.Empty(signature.Outputs);
    }

    [Fact]
    public async Task Columns_without_types_and_types_without_columns_are_kept()
    {
        Assert.Equal(["a: any", "b: any"], (await Read(Split("""["a","b"]""", "[]"))).Inputs.Select(column => column.ToString()));
        Assert.Equal(["integer", "any"], (await Read(Split("[]", """[{"type":"integer"},{}]""")))
            .Inputs.Select(column => column.ToString()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    public async Task What_is_no_OpenAPI_is_a_failure(string document)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => new VerbatimService().Answers(document).Client().Directory.GetSignatureAsync("churn"));

        Assert.Equal(
            "Getting the OpenAPI document of endpoint 'churn' failed: a document that is not OpenAPI. serving.Directory.GetOpenApiAsync " +
            "returns it. Only models that were logged with a signature have one.",
            exception.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"openapi":"3","info":{"title":"\ud800"}}""")]
    public async Task What_is_no_JSON_is_a_failure(string document) => Assert.StartsWith(
        "Getting the OpenAPI document of endpoint 'churn' failed: a response that is not the expected JSON.",
        (await Assert.ThrowsAsync<DatabricksServingException>(
            () => new VerbatimService().Answers(document).Client().Directory.GetSignatureAsync("churn"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_schema_that_refers_to_itself_ends()
    {
        var members = string.Join(",", Enumerable.Range(0, 40).Select(i => $$"""
            "m{{i}}":{"$ref":"#/components/schemas/Self"}
            """));
        var watch = Stopwatch.StartNew();

        var signature = await Read($$"""
            {"openapi":"3.1.0","components":{"schemas":{"Loop":{"$ref":"#/components/schemas/Loop"},
              "Self":{"type":"object","properties":{ {{members}} } } } },
             "paths":{"/invocations":{"post":{"requestBody":{"content":{"a":{"schema":{"type":"object","properties":{
               "dataframe_records":{"items":{"$ref":"#/components/schemas/Self"} },"inputs":{"$ref":"#/components/schemas/Loop"} } } } } } } } } }
            """);

        Assert.Equal(40, signature.Inputs.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    private static string Split(string names, string types) => Post($$"""
        {"properties":{"dataframe_split":{"properties":{"columns":{"items":{"enum":{{names}} } },"data":{"items":{"prefixItems":{{types}} } } } } } }
        """);

    private static string Post(string schema) => $$"""
        {"openapi":"3.1.0","paths":{"/invocations":{"post":{"requestBody":{"content":{"application/json":{"schema":{{schema}} } } } } } } }
        """;

    private static Task<EndpointSignature> Read(string document) => Managing.Discover(
        "GET /api/2.0/serving-endpoints/churn/openapi", document, directory => directory.GetSignatureAsync("churn"));
}
