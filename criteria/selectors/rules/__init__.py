"""The law: regulations as rows and as text, their forms, what they leave open."""
