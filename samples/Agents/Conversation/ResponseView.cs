using Microsoft.Extensions.AI;

namespace Agents.Conversation;

/// <summary>Writes a streamed response: reasoning and tool calls dimmed, each on lines of their own.</summary>
internal sealed class ResponseView
{
    private const int LongestResult = 160;

    private bool _isInReasoning;
    private bool _isAtLineStart = true;

    public void Show(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextReasoningContent { Text.Length: > 0 } reasoning:
                    _isInReasoning = true;
                    Write(Terminal.Dim(reasoning.Text));
                    break;
                case TextContent { Text.Length: > 0 } text:
                    StartLineAfterReasoning();
                    Write(text.Text);
                    break;
                case FunctionCallContent call:
                    var arguments = call.Arguments?.Select(argument => $"{argument.Key}: {argument.Value}") ?? [];
                    WriteLine($"{call.Name}({string.Join(", ", arguments)})");
                    break;
                case FunctionResultContent result:
                    WriteLine($"  -> {Shortened($"{result.Result}")}");
                    break;
                case ErrorContent refusal:
                    StartLineAfterReasoning();
                    Write(refusal.Message ?? "");
                    break;
            }
        }
    }

    public void End()
    {
        if (!_isAtLineStart)
        {
            Console.WriteLine();
            _isAtLineStart = true;
        }
    }

    private void StartLineAfterReasoning()
    {
        if (_isInReasoning)
        {
            End();
        }

        _isInReasoning = false;
    }

    private void WriteLine(string text)
    {
        End();
        _isInReasoning = false;
        Console.WriteLine(Terminal.Dim(text));
    }

    private void Write(string text)
    {
        Console.Write(text);
        _isAtLineStart = false;
    }

    private static string Shortened(string text) => text.Length <= LongestResult ? text : text[..LongestResult] + "…";
}
