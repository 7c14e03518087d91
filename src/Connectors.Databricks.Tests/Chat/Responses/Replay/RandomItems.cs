using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Tests.Chat.Responses.Replay;

/// <summary>
/// Output items as models and agents send them and as no serializer of .NET would write them: members in any order, any whitespace, any
/// escapes, unknown members and unknown types. Seeded, to repeat a failure.
/// </summary>
/// <param name="random">Seeded.</param>
internal sealed class RandomItems(Random random)
{
    private static readonly string[] Texts =
    [
        "Hello.", "", "  ", "東京 🗼 is \"blue\" \\ / <b>&'", "two\nlines\t.", "{\"a\":1}", new('x', 300), "é\u2028\u200b",
    ];

    private int _count;

    /// <summary>The items of one response, in any order that a response may have.</summary>
    /// <param name="tools">The tools that the response calls.</param>
    /// <param name="approvals">The number of approvals that it requests.</param>
    public IReadOnlyList<RandomItem> Response(IEnumerable<string> tools, int approvals)
    {
        List<List<RandomItem>> groups = [];
        for (var count = random.Next(3); count > 0; count--)
        {
            groups.Add([Reasoning()]);
        }

        for (var count = random.Next(3); count > 0; count--)
        {
            groups.Add([Message()]);
        }

        for (var count = random.Next(3); count > 0; count--)
        {
            groups.Add(random.Next(3) == 0 ? AgentCall() : [Other()]);
        }

        groups.AddRange(tools.Select(tool => (List<RandomItem>)[Call(tool)]));
        groups.AddRange(Enumerable.Range(0, approvals).Select(_ => (List<RandomItem>)[Approval()]));
        // A response with reasoning alone was cut, and is left out of the next request.
        if (groups.All(group => group[0].Type == "reasoning"))
        {
            groups.Add([Message()]);
        }

        var shuffled = groups.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.SelectMany(group => group)];
    }

    private RandomItem Reasoning()
    {
        var text = Text();
        var isSummary = random.Next(2) == 0;
        string[] texts = [text, .. Enumerable.Range(0, random.Next(6) / 4).Select(_ => Text())];
        var members = new List<(string, string)>
        {
            ("type", "\"reasoning\""),
            ("summary", isSummary ? Array([.. texts.Select(one => Part("summary_text", one))]) : "[]"),
        };
        Maybe(members, "id", Id("rs"));
        Maybe(members, "encrypted_content", Quoted(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_count}{Text()}"))));
        Maybe(members, "status", random.Next(2) == 0 ? "null" : "\"completed\"");
        if (!isSummary && random.Next(2) == 0)
        {
            members.Add(("content", Array([.. texts.Select(one => Part("reasoning_text", one))])));
        }

        return new RandomItem("reasoning", Object(members), isSummary ? text : null, CallId: null);
    }

    private RandomItem Message()
    {
        var text = Text();
        List<string> parts = [TextPart(text)];
        if (random.Next(5) == 0)
        {
            parts.Add(TextPart(Text()));
        }

        if (random.Next(6) == 0)
        {
            parts.Add(Object([("type", "\"refusal\""), ("refusal", Quoted(Text()))]));
        }

        if (random.Next(6) == 0)
        {
            parts.Add("""{"type":"output_hologram","ref":7}""");
        }

        // As Qwen sends reasoning; without a text, the message is reasoning alone.
        var hasReasoning = random.Next(6) == 0 && !string.IsNullOrWhiteSpace(text);
        if (hasReasoning)
        {
            parts.Insert(0, Part("reasoning_text", Text()));
        }

        var isText = random.Next(12) == 0;
        var members = new List<(string, string)>
        {
            ("role", "\"assistant\""), ("content", isText ? Quoted(text) : Array([.. parts])),
        };
        if (random.Next(8) > 0)
        {
            // Agents may leave it out.
            members.Add(("type", "\"message\""));
        }

        Maybe(members, "id", Id("msg"));
        Maybe(members, "status", "\"completed\"");
        Maybe(members, "phase", "\"final\"");
        return new RandomItem("message", Object(members), hasReasoning && !isText ? null : text, CallId: null);
    }

    private string TextPart(string text)
    {
        var members = new List<(string, string)> { ("type", "\"output_text\""), ("text", Quoted(text)) };
        Maybe(members, "annotations", random.Next(3) == 0
            ? """[{"type":"url_citation","url":"https://example.com","title":"Example","start_index":0,"end_index":1}]"""
            : "[]");
        Maybe(members, "logprobs", "[]");
        return Object(members);
    }

    private RandomItem Call(string name)
    {
        var callId = random.Next(6) == 0 ? $"functions.{name}:{_count++}" : $"call_{_count++}";
        var arguments = random.Next(8) switch
        {
            0 => "{\"q\": oops",
            1 => "{}",
            _ => $$"""{ "q" : {{Quoted(Text())}}, "n": 1.50, "deep":{"a":[1, 2.0,null]} }""",
        };
        var members = new List<(string, string)>
        {
            ("type", "\"function_call\""), ("call_id", Quoted(callId)), ("name", Quoted(name)), ("arguments", Quoted(arguments)),
        };
        Maybe(members, "id", Id("fc"));
        Maybe(members, "status", "\"completed\"");
        Maybe(members, "encrypted_content", "\"c2lnbmF0dXJl\"");
        return new RandomItem("function_call", Object(members), arguments, callId);
    }

    private List<RandomItem> AgentCall()
    {
        var call = Call("agent_tool");
        var output = random.Next(3) == 0 ? """[{"type":"input_text","text":"12"}]""" : Quoted(Text());
        return
        [
            call with { CallId = null },
            new RandomItem(
                "function_call_output",
                Object([("type", "\"function_call_output\""), ("call_id", Quoted(call.CallId!)), ("output", output)]), null, null),
        ];
    }

    private RandomItem Approval()
    {
        var id = $"mcpr_{_count++}";
        return new RandomItem(
            "mcp_approval_request",
            Object(
            [
                ("type", "\"mcp_approval_request\""), ("id", Quoted(id)), ("name", "\"delete_file\""), ("server_label", "\"files\""),
                ("arguments", Quoted("{\"path\": \"a.txt\"}")),
            ]),
            null, id);
    }

    private RandomItem Other()
    {
        var (type, members) = random.Next(6) switch
        {
            5 => ("image_generation_call", """ "result":"AQID","output_format":"png","status":"completed" """),
            0 => ("mcp_list_tools", """ "server_label":"files","tools":[{"name":"delete_file","input_schema":{}}] """),
            1 => ("mcp_call", """ "name":"read_file","arguments":"{}","output":"text","server_label":"files","error":null """),
            2 => ("web_search_call", """ "action":{"type":"search","query":"x"},"status":"completed" """),
            3 => ("compaction", $$""" "encrypted_content":{{Quoted(Text())}},"n":1.0e3 """),
            _ => ("hologram", """ "content":{"a":[{"type":"output_text","text":"no message"}]},"summary":7 """),
        };
        // The same item twice is a repetition, and read once.
        members = $"\"number\":{_count++},{members}";
        return new RandomItem(
            type, random.Next(2) == 0 ? $$"""{"type":"{{type}}",{{members}}}""" : $$"""{ {{members}},"type":"{{type}}"}""", null, null);
    }

    private string Text() => Texts[random.Next(Texts.Length)];

    private string Id(string prefix) => random.Next(8) switch
    {
        0 => "\"__fake_id__\"",
        1 => $"\"{prefix}_{new string('0', 100)}{_count++}\"",
        _ => $"\"{prefix}_{_count++}\"",
    };

    private void Maybe(List<(string, string)> members, string name, string value)
    {
        if (random.Next(4) > 0)
        {
            members.Add((name, value));
        }
    }

    private string Part(string type, string text) => Object([("type", $"\"{type}\""), ("text", Quoted(text))]);

    private string Array(params string[] values) => $"[{Space()}{string.Join($"{Space()},", values)}]";

    private string Object(List<(string Name, string Value)> members)
    {
        var shuffled = members.ToArray();
        random.Shuffle(shuffled);
        var written = shuffled.Select(one => $"\"{one.Name}\"{Space()}:{Space()}{one.Value}");
        return $"{{{Space()}{string.Join($"{Space()},", written)}{Space()}}}";
    }

    // No line breaks: an item is one line of a stream as well.
    private string Space() => random.Next(6) switch { 0 => " ", 1 => "\t", 2 => "  ", _ => "" };

    private string Quoted(string text)
    {
        if (random.Next(2) == 0)
        {
            return JsonSerializer.Serialize(text, ItemJson.Default.String);
        }

        var quoted = new StringBuilder("\"");
        foreach (var one in text)
        {
            _ = random.Next(10) == 0 || one is '"' or '\\' || char.IsControl(one) || char.IsSurrogate(one)
                ? quoted.Append("\\u").Append(((int)one).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture))
                : one == '/' && random.Next(2) == 0 ? quoted.Append("\\/") : quoted.Append(one);
        }

        return quoted.Append('"').ToString();
    }
}
